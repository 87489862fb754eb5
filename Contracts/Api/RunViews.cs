using System.Text.Json;
using Experiments.Contracts.Runs;

namespace Experiments.Contracts.Api;

/// <summary>What became of one metric over a run.</summary>
/// <param name="Last">The newest value.</param>
/// <param name="Best">The best value, by <see cref="Metrics.MetricNames.GoalOf"/>.</param>
/// <param name="BestEpoch">The number of finished epochs at the best value.</param>
public sealed record MetricSummary(double Last, double Best, int BestEpoch);

/// <summary>A run as the API shows it.</summary>
public sealed record RunView
{
    public required string Id { get; init; }

    public required string SweepId { get; init; }

    /// <summary>The number of the grid's cell, from 1; it never changes.</summary>
    public required int Cell { get; init; }

    /// <summary>Given by people; null while it has none.</summary>
    public string? Name { get; init; }

    public required string Key { get; init; }

    public required RunStatus Status { get; init; }

    /// <summary>Every hyperparameter by name, and <c>dataset</c>.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Config { get; init; }

    /// <summary>The number of the newest attempt; 0 before the first.</summary>
    public required int Attempt { get; init; }

    public string? WorkerId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How long its attempts that have ended took together: waiting before, between and after them is not in it.</summary>
    public double TrainedSeconds { get; init; }

    /// <summary>When the attempt began that trains it now; null while none does.</summary>
    public DateTimeOffset? TrainingSince { get; init; }

    /// <summary>Finished epochs.</summary>
    public required int Epoch { get; init; }

    public required int Epochs { get; init; }

    public required IReadOnlyDictionary<string, MetricSummary> Summary { get; init; }

    public RunFailure? Failure { get; init; }

    /// <summary>The run of another sweep whose result this one took over.</summary>
    public string? ReusedFrom { get; init; }

    /// <summary>The run of another sweep with the same configuration that is trained now: this one takes over its result, or is trained itself where it fails or is cancelled.</summary>
    public string? WaitsFor { get; init; }

    public required IReadOnlyList<Artifact> Artifacts { get; init; }

    /// <summary>Given by people, not by the sweep.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>What people wrote about it.</summary>
    public string Notes { get; init; } = "";
}

/// <summary>One try of a run on one worker.</summary>
public sealed record AttemptView
{
    public required int Attempt { get; init; }

    public required string WorkerId { get; init; }

    public string? Host { get; init; }

    public string? Device { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Null while it runs.</summary>
    public AttemptOutcome? Outcome { get; init; }

    public RunFailure? Failure { get; init; }

    /// <summary>Finished epochs at its start.</summary>
    public required int FirstEpoch { get; init; }

    /// <summary>Into so many parts it splits each batch to save memory; 1 unless an earlier attempt had not enough.</summary>
    public int BatchParts { get; init; } = 1;
}

/// <summary>Runs side by side.</summary>
/// <param name="DifferingKeys">Hyperparameters that are not the same in all of them.</param>
/// <param name="SharedConfig">The others, with their value.</param>
/// <param name="Series">By metric, then by run id.</param>
/// <param name="Missing">Those that were asked for and are not there; null when all are, which is all there can be unless the request allows for missing ones.</param>
public sealed record RunComparison(
    IReadOnlyList<RunView> Runs,
    IReadOnlyList<string> DifferingKeys,
    IReadOnlyDictionary<string, JsonElement> SharedConfig,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>> Series,
    IReadOnlyList<string>? Missing = null);
