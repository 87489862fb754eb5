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
    /// <summary>All runs of the sweep.</summary>
    public int Total => Pending + Queued + Running + Completed + Failed + Cancelled;

    /// <summary>Runs that have ended with any outcome.</summary>
    public int Ended => Completed + Failed + Cancelled;
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

    /// <summary>When the last of its runs ended (UTC); null while one has not.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What was launched, in the form of a sweep file.</summary>
    public required JsonElement Spec { get; init; }

    /// <summary>The number of runs by status.</summary>
    public required RunCounts RunCounts { get; init; }

    /// <summary>How many of the pending runs wait for an equal run of another sweep that is being trained, see <see cref="RunView.WaitsFor"/>.</summary>
    public int WaitingForOthers { get; init; }

    /// <summary>Why none of its runs is being trained; null while one is, when no obstacle is known, and when none waits.</summary>
    public SweepWait? Waits { get; init; }

    /// <summary>The run with the best objective so far.</summary>
    public string? BestRunId { get; init; }

    /// <summary>That run's best value of the objective.</summary>
    public double? BestValue { get; init; }

    /// <summary>How many runs have that value.</summary>
    public int BestRuns { get; init; }

    /// <summary>The total duration of all attempts of its runs, including those that are training.</summary>
    public double TrainedSeconds { get; init; }

    /// <summary>What went wrong in the first of its failed runs, by cell; null while none has failed.</summary>
    public RunFailure? FirstFailure { get; init; }

    /// <summary>When the sweep should be done at its pace so far; null while there is no pace to extrapolate.</summary>
    public DateTimeOffset? Eta { get; init; }

    /// <summary>Initially those of the sweep file.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Notes written by users.</summary>
    public string Notes { get; init; } = "";

    /// <summary>When it was archived; null unless it is.</summary>
    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>In the answers to a launch and an extension: what is allowed, but probably not meant. Null in all others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SweepWarning>? Warnings { get; init; }
}

/// <summary>What launching a sweep would do.</summary>
/// <param name="Cells">Cells of the grid without the excluded ones.</param>
/// <param name="Duplicates">Cells that equal an earlier one, or differ from it only in what has no effect on them; for an extension also those that the sweep already has.</param>
/// <param name="Reused">Runs whose result exists already.</param>
/// <param name="Runs">Runs that the sweep would have (cells less duplicates); <paramref name="Reused"/> of them need no training.</param>
public sealed record SweepPreview(int Cells, int Duplicates, int Reused, int Runs)
{
    /// <summary>Runs besides the reused ones that equal a run of another sweep which has not ended: of the two, the first that gets a worker is trained, and the other takes over its result.</summary>
    public int UnderWay { get; init; }

    /// <summary>Combinations of the grid that <c>exclude</c> leaves out.</summary>
    public int Excluded { get; init; }

    /// <summary>How long the runs that have to be trained would take.</summary>
    public SweepEstimate? Estimate { get; init; }

    /// <summary>What is allowed, but probably not meant.</summary>
    public IReadOnlyList<SweepWarning> Warnings { get; init; } = [];
}

/// <summary>The body of an extension: more values per axis, or a list of more grids.</summary>
public sealed record ExtendSweep(JsonElement Grid);
