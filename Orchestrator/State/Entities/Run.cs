using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>A run as stored.</summary>
public sealed class Run
{
    public required string Id { get; init; }

    public required string SweepId { get; init; }

    /// <summary>The number of the grid's cell, from 1.</summary>
    public required int Cell { get; init; }

    /// <summary>See <see cref="Contracts.Grids.RunKey"/>.</summary>
    public required string Key { get; init; }

    /// <summary>The input files that <see cref="Key"/> covers, see <see cref="InputsJson"/>; null for runs of versions that did not store them.</summary>
    public string? Inputs { get; init; }

    public RunStatus Status { get; set; }

    /// <summary>See <see cref="Contracts.Configuration.RunConfig"/>.</summary>
    public required string Config { get; init; }

    public required int Epochs { get; init; }

    /// <summary>The number of the newest attempt; 0 before the first.</summary>
    public int Attempt { get; set; }

    /// <summary>How often it may still crash or be lost, including the current attempt.</summary>
    public int TriesLeft { get; set; }

    /// <summary>See <see cref="RunState.BatchParts"/>.</summary>
    public int BatchParts { get; set; } = 1;

    /// <summary>See <see cref="RunState.Held"/>.</summary>
    public RunStatus? Held { get; set; }

    /// <summary>What the stopping rule knows about it, a <see cref="Search.Stopping.RunProgress"/> as JSON; null before its first attempt, and without a rule.</summary>
    public string? Progress { get; set; }

    /// <summary>A user promoted it: the stopping rule does not decide about it before this epoch; 0 if no user did.</summary>
    public int PromotedTo { get; set; }

    /// <summary>The latest <see cref="Contracts.Api.RunDecision"/> about it, as JSON; null before the first.</summary>
    public string? Decision { get; set; }

    /// <summary>The worker of the newest attempt.</summary>
    public string? WorkerId { get; set; }

    /// <summary>The worker on which the latest failed attempt crashed: it gets this run again only when it has nothing else to do.</summary>
    public string? CrashedOn { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>The number of finished epochs.</summary>
    public int Epoch { get; set; }

    /// <summary>A JSON object with a <see cref="Contracts.Api.MetricSummary"/> for each metric.</summary>
    public string Summary { get; set; } = "{}";

    /// <summary>The best value of the sweep's objective so far.</summary>
    public double? BestObjective { get; set; }

    public FailureKind? FailureKind { get; set; }

    public string? FailureMessage { get; set; }

    /// <summary>The run whose result this one took over; its metrics and artifacts are served from there.</summary>
    public string? ReusedFrom { get; set; }

    /// <summary>
    /// The equal run that is being trained: this one stays Pending and takes over its result, or is trained itself if that run has none. That run
    /// does not wait for another one, see <see cref="Runs.Twins.TwinRuns"/>.
    /// </summary>
    public string? WaitsFor { get; set; }

    /// <summary>
    /// Set when it waits for a run that trains its first epochs too, not for an equal one: it continues from that run's checkpoint after this epoch, see
    /// <see cref="Runs.Stages.SharedStages"/>.
    /// </summary>
    public int? WaitsForEpoch { get; set; }

    /// <summary>See <see cref="Contracts.Grids.RunKey.OfFirstEpoch"/>; null if it shares no epochs with other runs.</summary>
    public string? StageKey { get; init; }

    /// <summary>
    /// Equal for runs that train the next epoch alike, and those before it; initially <see cref="StageKey"/>. Null once the run has an attempt, or has no epoch
    /// left that it could share.
    /// </summary>
    public string? BranchKey { get; set; }

    /// <summary>The run that trained the first epochs of this one; null if it trained or trains all its epochs itself.</summary>
    public string? SharedFrom { get; set; }

    /// <summary>The number of epochs that <see cref="SharedFrom"/> trained for it.</summary>
    public int SharedEpochs { get; set; }

    /// <summary>A JSON array of <see cref="Artifact"/>.</summary>
    public string Artifacts { get; set; } = "[]";

    /// <summary>The attempt that left the artifacts.</summary>
    public int? ArtifactsAttempt { get; set; }

    /// <summary>The trace of all its attempts (W3C traceparent).</summary>
    public string? TraceParent { get; set; }

    /// <summary>The total duration of its attempts, in ticks.</summary>
    public long TrainedTicks { get; set; }

    /// <summary>A name given by a user; null without one.</summary>
    public string? Name { get; set; }

    public List<string> Tags { get; set; } = [];

    public string Notes { get; set; } = "";

    /// <summary>The run that holds metrics and artifacts: this one, or the one it was reused from.</summary>
    public string SourceId => ReusedFrom ?? Id;

    public RunState State
    {
        get => new(Status, Attempt, TriesLeft, BatchParts, Held);
        set => (Status, Attempt, TriesLeft, BatchParts, Held) = (value.Status, value.Attempt, value.TriesLeft, value.BatchParts, value.Held);
    }
}
