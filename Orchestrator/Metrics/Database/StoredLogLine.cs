using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.Metrics.Database;

/// <summary>A line of a run's log; there is at most one per run, attempt and sequence.</summary>
public sealed class StoredLogLine
{
    public required string RunId { get; init; }

    public required int Attempt { get; init; }

    public required long Sequence { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required RunLogLevel Level { get; init; }

    public required string Message { get; init; }

    public string? Detail { get; init; }
}
