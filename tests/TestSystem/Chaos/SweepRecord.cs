using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;

namespace Experiments.TestSystem.Chaos;

/// <summary>A value of a metric.</summary>
public readonly record struct RecordedPoint(long Step, double Value);

/// <summary>An attempt as one source (API or database) shows it.</summary>
public sealed record AttemptRecord(int Number, string WorkerId, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, AttemptOutcome? Outcome);

/// <summary>A run as one source shows it.</summary>
public sealed record RunRecord
{
    public required string Id { get; init; }

    public required int Cell { get; init; }

    public required string Key { get; init; }

    public required RunStatus Status { get; init; }

    public required int Attempt { get; init; }

    public required int Epochs { get; init; }

    /// <summary>The number of its epochs that another run trained.</summary>
    public int SharedEpochs { get; init; }

    /// <summary>In the order of their numbers.</summary>
    public required IReadOnlyList<AttemptRecord> Attempts { get; init; }

    /// <summary>Points by metric, in the order of their steps.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<RecordedPoint>> Metrics { get; init; }

    public required IReadOnlyDictionary<string, MetricSummary> Summary { get; init; }

    /// <summary>The SHA-256 of files by name; empty where the source has none.</summary>
    public IReadOnlyDictionary<string, string> Weights { get; init; } = new Dictionary<string, string>();
}

/// <summary>A sweep as one source shows it.</summary>
/// <param name="Source">Its name, for messages.</param>
/// <param name="Cells">The number of cells of its grid.</param>
public sealed record SweepRecord(string Source, int Cells, IReadOnlyList<RunRecord> Runs);
