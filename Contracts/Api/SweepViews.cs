using System.Text.Json;
using System.Text.Json.Serialization;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Api;

/// <summary>A page of a longer list.</summary>
public sealed record Page<T>(int Total, IReadOnlyList<T> Items);

/// <summary>The number of a sweep's runs by status.</summary>
public sealed record RunCounts(int Pending, int Queued, int Running, int Completed, int Failed, int Cancelled)
{
    /// <summary>Runs that the stopping rule holds at a rung.</summary>
    public int Paused { get; init; }

    /// <summary>Runs that the stopping rule ended before their last epoch.</summary>
    public int Stopped { get; init; }

    /// <summary>The counts by status.</summary>
    /// <param name="count">The number of runs with a status, 0 or more.</param>
    public static RunCounts Of(Func<RunStatus, int> count) => new(
        count(RunStatus.Pending), count(RunStatus.Queued), count(RunStatus.Running), count(RunStatus.Completed), count(RunStatus.Failed), count(RunStatus.Cancelled))
    {
        Paused = count(RunStatus.Paused),
        Stopped = count(RunStatus.Stopped),
    };

    /// <summary>All runs of the sweep.</summary>
    public int Total => Pending + Queued + Running + Completed + Failed + Cancelled + Paused + Stopped;

    /// <summary>Runs that have ended with any outcome.</summary>
    public int Ended => Completed + Failed + Cancelled + Stopped;
}

/// <summary>A sweep as the API shows it.</summary>
public sealed record SweepView
{
    /// <summary>26 characters, assigned at the launch; ids sort by the time of creation.</summary>
    public required string Id { get; init; }

    /// <summary>1 to 200 characters; users can change it, and it need not be unique.</summary>
    public required string Name { get; init; }

    /// <summary>Follows from the runs' statuses and from whether the sweep is paused.</summary>
    public required SweepStatus Status { get; init; }

    /// <summary>When the sweep was launched (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its last run ended (UTC); null until all have ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The launched specification, in the format of a sweep file.</summary>
    public required JsonElement Spec { get; init; }

    /// <summary>The number of runs by status.</summary>
    public required RunCounts RunCounts { get; init; }

    /// <summary>The number of runs that its search has not proposed yet: it does so as others end. 0 unless the sampler learns from results.</summary>
    public int ToCome { get; init; }

    /// <summary>The number of pending runs that wait for an equal run of another sweep, which is being trained; see <see cref="RunView.WaitsFor"/>.</summary>
    public int WaitingForOthers { get; init; }

    /// <summary>Why none of its runs is being trained; null while one is being trained, when no run waits, and when the reason is unknown.</summary>
    public SweepWait? Waits { get; init; }

    /// <summary>The run with the best objective so far.</summary>
    public string? BestRunId { get; init; }

    /// <summary>That run's best value of the objective.</summary>
    public double? BestValue { get; init; }

    /// <summary>The number of runs with that value.</summary>
    public int BestRuns { get; init; }

    /// <summary>The total duration of all attempts of its runs, including those that are training.</summary>
    public double TrainedSeconds { get; init; }

    /// <summary>The failure of the failed run with the lowest cell; null while no run has failed.</summary>
    public RunFailure? FirstFailure { get; init; }

    /// <summary>The estimated completion time (UTC), extrapolated from the pace so far; null while there is no pace to extrapolate.</summary>
    public DateTimeOffset? Eta { get; init; }

    /// <summary>The tags; initially those of the sweep file.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Notes written by users.</summary>
    public string Notes { get; init; } = "";

    /// <summary>When the sweep was archived (UTC); null if it is not archived.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>Settings that are allowed but probably unintended. Only in responses to a launch or an extension; null in all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SweepWarning>? Warnings { get; init; }
}

/// <summary>The effect that launching a sweep would have.</summary>
/// <param name="Cells">Cells of the grid without the excluded ones.</param>
/// <param name="Duplicates">
/// Cells that equal an earlier one, or differ from it only in hyperparameters without an effect; for an extension also cells that the sweep already has.
/// </param>
/// <param name="Reused">Runs whose result exists already.</param>
/// <param name="Runs">Runs that the sweep would have (cells less duplicates); <paramref name="Reused"/> of them need no training.</param>
public sealed record SweepPreview(int Cells, int Duplicates, int Reused, int Runs)
{
    /// <summary>
    /// Runs, other than the reused ones, that equal an unfinished run of another sweep. The first of the two that gets a worker is trained; the other takes
    /// over its result.
    /// </summary>
    public int UnderWay { get; init; }

    /// <summary>The number of the runs that are not created at the launch, but proposed as others end.</summary>
    public int ToCome { get; init; }

    /// <summary>Combinations of the grid that <c>exclude</c> leaves out.</summary>
    public int Excluded { get; init; }

    /// <summary>The epochs of all runs, and those that are expected to be trained; null for an extension.</summary>
    public SweepStages? Stages { get; init; }

    /// <summary>The estimated training time of the runs that need training.</summary>
    public SweepEstimate? Estimate { get; init; }

    /// <summary>Settings that are allowed but probably unintended.</summary>
    public IReadOnlyList<SweepWarning> Warnings { get; init; } = [];
}

/// <summary>The epochs that a sweep trains.</summary>
/// <param name="Shared">Epochs that several runs would train alike and that are trained once for all of them.</param>
/// <param name="EpochsNaive">The epochs of all runs, each trained from its first to its last.</param>
/// <param name="EpochsPlanned">
/// The epochs that are expected to be trained: without reused runs, with each shared epoch once, and without those that successive halving leaves out. Early stopping and the median
/// rule are not predicted.
/// </param>
public sealed record SweepStages(int Shared, long EpochsNaive, long EpochsPlanned);

/// <summary>The body of an extension: more values per axis or a list of additional grids, more runs, or both.</summary>
public sealed record ExtendSweep
{
    /// <summary>Hyperparameters with lists of values, or a list of such grids.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Grid { get; init; }

    /// <summary>The new number of runs for each combination of the grid, of a sweep with a space.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Runs { get; init; }
}
