using System.Text.Json;
using System.Text.Json.Serialization;
using Experiments.Contracts.Runs;

namespace Experiments.Contracts.Api;

/// <summary>The summary of one metric over a run.</summary>
/// <param name="Last">The newest value.</param>
/// <param name="Best">The best value, by <see cref="Metrics.MetricNames.GoalOf"/>.</param>
/// <param name="BestEpoch">The number of finished epochs at the best value.</param>
public sealed record MetricSummary(double Last, double Best, int BestEpoch);

/// <summary>A run as the API shows it.</summary>
public sealed record RunView
{
    /// <summary>26 characters, assigned at the launch; ids sort by the time of creation.</summary>
    public required string Id { get; init; }

    /// <summary>The sweep that the run belongs to; it never changes.</summary>
    public required string SweepId { get; init; }

    /// <summary>The number of the grid's cell, from 1; it never changes.</summary>
    public required int Cell { get; init; }

    /// <summary>Set by a user; null while it has none.</summary>
    public string? Name { get; init; }

    /// <summary>64 hexadecimal digits, see <see cref="Grids.RunKey"/>; runs with equal keys have equal results.</summary>
    public required string Key { get; init; }

    /// <summary>The run's status; see docs/architecture.md for the transitions.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Every hyperparameter by name, and <c>dataset</c>.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Config { get; init; }

    /// <summary>The number of the newest attempt; 0 before the first.</summary>
    public required int Attempt { get; init; }

    /// <summary>The worker of the newest attempt; null before the first.</summary>
    public string? WorkerId { get; init; }

    /// <summary>When the sweep was launched, or extended by this run (UTC).</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the first attempt began (UTC); null before it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the run completed, failed, or was cancelled or stopped (UTC); null until then.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The total duration of its ended attempts, without the waiting before, between and after them.</summary>
    public double TrainedSeconds { get; init; }

    /// <summary>When the attempt that is training it began; null while none is.</summary>
    public DateTimeOffset? TrainingSince { get; init; }

    /// <summary>Finished epochs.</summary>
    public required int Epoch { get; init; }

    /// <summary>Epochs to train, at least 1; early stopping may end the run sooner.</summary>
    public required int Epochs { get; init; }

    /// <summary>Summaries of the metrics by name; empty until an epoch has been reported.</summary>
    public required IReadOnlyDictionary<string, MetricSummary> Summary { get; init; }

    /// <summary>What the sweep's stopping rule, or a user, last decided about how long it is trained; null before the first decision.</summary>
    public RunDecision? Decision { get; init; }

    /// <summary>Why the run failed; null unless its status is failed.</summary>
    public RunFailure? Failure { get; init; }

    /// <summary>The run of another sweep whose result this one took over.</summary>
    public string? ReusedFrom { get; init; }

    /// <summary>The run of another sweep with the same configuration that is being trained: this one takes over its result, or is trained itself if that run fails or is cancelled.</summary>
    public string? WaitsFor { get; init; }

    /// <summary>Set when <see cref="WaitsFor"/> is not an equal run, but one that trains this run's first epochs too: this one continues after that epoch.</summary>
    public int? WaitsForEpoch { get; init; }

    /// <summary>The run that trained the first epochs of this one, which it would have trained alike; null if it trains all itself.</summary>
    public string? SharedFrom { get; init; }

    /// <summary>The number of epochs that <see cref="SharedFrom"/> trained for it.</summary>
    public int SharedEpochs { get; init; }

    /// <summary>The files of the attempt that ended last; empty before.</summary>
    public required IReadOnlyList<Artifact> Artifacts { get; init; }

    /// <summary>Set by users, not by the sweep.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Notes written by users.</summary>
    public string Notes { get; init; } = "";
}

/// <summary>A decision about how long a run is trained.</summary>
/// <param name="Epoch">The number of finished epochs that it was taken after.</param>
/// <param name="Value">The value of the objective that was ranked; null if it was not a finite number or nothing was ranked.</param>
/// <param name="Rank">The rank of the value, from 1; null if nothing was ranked.</param>
/// <param name="Of">The number of values that were ranked.</param>
/// <param name="Reason">The decision in words: "paused after epoch 3 at 0.41, rank 31 of 40, the best 13 continue".</param>
public sealed record RunDecision(int Epoch, double? Value, int? Rank, int? Of, string Reason);

/// <summary>The body of a promotion.</summary>
public sealed record PromoteRun
{
    /// <summary>The epoch to train to, above the finished ones; null for the last epoch of the run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Epochs { get; init; }
}

/// <summary>One execution of a run on one worker.</summary>
public sealed record AttemptView
{
    /// <summary>The attempt's number within its run, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>The worker that claimed the run.</summary>
    public required string WorkerId { get; init; }

    /// <summary>The machine's name; null for a worker that never sent a heartbeat.</summary>
    public string? Host { get; init; }

    /// <summary><c>cpu</c> or <c>cuda:N</c>; null for a worker that never sent a heartbeat.</summary>
    public string? Device { get; init; }

    /// <summary>When the claim was granted (UTC).</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When its end was reported, or its lease expired (UTC); null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Null while it runs.</summary>
    public AttemptOutcome? Outcome { get; init; }

    /// <summary>What went wrong; null for attempts that neither failed nor were lost.</summary>
    public RunFailure? Failure { get; init; }

    /// <summary>Finished epochs at its start.</summary>
    public required int FirstEpoch { get; init; }

    /// <summary>Micro-batches per batch; above 1 after an earlier attempt ran out of memory.</summary>
    public int BatchParts { get; init; } = 1;
}

/// <summary>A comparison of runs.</summary>
/// <param name="DifferingKeys">Hyperparameters whose values differ between the runs.</param>
/// <param name="SharedConfig">The others, with their value.</param>
/// <param name="Series">The curves by metric, then by run id.</param>
/// <param name="Missing">Ids that were requested but not found; null when all were found. Without <c>skipMissing</c> in the request, a missing run is an error.</param>
public sealed record RunComparison(
    IReadOnlyList<RunView> Runs,
    IReadOnlyList<string> DifferingKeys,
    IReadOnlyDictionary<string, JsonElement> SharedConfig,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>> Series,
    IReadOnlyList<string>? Missing = null);
