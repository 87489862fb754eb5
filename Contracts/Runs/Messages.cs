using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;

namespace Experiments.Contracts.Runs;

/// <summary>Tells one free worker that a run waits. Only a hint: the claim decides, and may hand out another run with higher priority.</summary>
public sealed record RunTicket(string SweepId, string RunId, int Priority, EpochRange Epochs);

/// <summary>Request: a free worker asks for a run. Answered by <see cref="RunClaimed"/> or <see cref="ClaimRefused"/>.</summary>
/// <param name="RunId">The run that the ticket named.</param>
public sealed record ClaimRun(string WorkerId, string RunId)
{
    /// <summary>The version of the contract that trains up to any epoch: earlier workers report a run as completed at the end of any range.</summary>
    public const int TrainsRanges = 1;

    /// <summary>The version of the contract that can resume from a checkpoint of <see cref="RunClaimed.StageCheckpoint"/>.</summary>
    public const int SharesStages = 2;

    /// <summary>The version of this build.</summary>
    public const int Newest = SharesStages;

    /// <summary>The newest version of the contract that the worker knows; 0 for workers built before there were versions.</summary>
    public int Contract { get; init; }
}

/// <summary>The worker now holds the lease of a run, until <see cref="LeaseSeconds"/> after its last heartbeat.</summary>
public sealed record RunClaimed
{
    /// <summary>The sweep of the claimed run.</summary>
    public required string SweepId { get; init; }

    /// <summary>The claimed run; not always the one that the ticket named.</summary>
    public required string RunId { get; init; }

    /// <summary>The attempt's number, from 1; messages with an older number are ignored.</summary>
    public required int Attempt { get; init; }

    /// <summary>Resolved: image size and small input are never null.</summary>
    public required Hyperparameters Hyperparameters { get; init; }

    /// <summary>The data set as the sweep names it.</summary>
    public required DatasetSpec Dataset { get; init; }

    /// <summary>The objective that selects the best epoch's weights.</summary>
    public required ObjectiveSpec Objective { get; init; }

    /// <summary>From the last epoch known to be finished to the end of the run, or to the rung at which a stopping rule decides about it.</summary>
    public required EpochRange Epochs { get; init; }

    /// <summary>The value of <see cref="ResumeFromAttempt"/> for the checkpoint of a stage: another run trained the first epochs of this one too.</summary>
    public const int StageCheckpoint = 0;

    /// <summary>The attempt whose checkpoint to resume from; null to start from the beginning.</summary>
    public int? ResumeFromAttempt { get; init; }

    /// <summary>Seconds from one heartbeat until the lease expires without another; above 0.</summary>
    public required double LeaseSeconds { get; init; }

    /// <summary>Micro-batches per batch, on top of <c>gradientAccumulation</c>: 1, or 2 after an attempt that ran out of memory.</summary>
    public int BatchParts { get; init; } = 1;

    /// <summary>The expected state of the files that the run's key covers; null for runs stored by an earlier version, which are not checked.</summary>
    public RunInputs? Inputs { get; init; }

    /// <summary>The trace that all attempts of this run belong to (W3C traceparent).</summary>
    public string? TraceParent { get; init; }
}

/// <summary>No run is available for this worker now.</summary>
public sealed record ClaimRefused(string Reason);

/// <summary>Event: an attempt finished an epoch, and its checkpoint is stored.</summary>
/// <param name="Epoch">The number of finished epochs.</param>
/// <param name="Iteration">The number of finished iterations since the run began.</param>
/// <param name="Metrics">The epoch's metrics by name: all of them, so that the history survives the loss of Redis.</param>
public sealed record EpochFinished(
    string SweepId,
    string RunId,
    int Attempt,
    string WorkerId,
    int Epoch,
    long Iteration,
    IReadOnlyDictionary<string, double> Metrics,
    DateTimeOffset Time);

/// <summary>How an attempt ended.</summary>
public enum AttemptOutcome
{
    /// <summary>All epochs are trained, or early stopping ended the run.</summary>
    Completed,

    /// <summary>An error ended the attempt; the run is tried again where its kind allows it.</summary>
    Failed,

    /// <summary>
    /// Given back before the run's end (pause, worker shutting down, end of the claimed range of epochs); any worker may resume it from the checkpoint.
    /// </summary>
    HandedBack,

    /// <summary>Never reported by a worker: the lease expired without a heartbeat.</summary>
    Lost,

    /// <summary>The run was cancelled while the attempt trained it.</summary>
    Cancelled,
}

/// <summary>Event: an attempt is over.</summary>
public sealed record AttemptEnded
{
    /// <summary>The sweep of the attempt's run.</summary>
    public required string SweepId { get; init; }

    /// <summary>The attempt's run.</summary>
    public required string RunId { get; init; }

    /// <summary>The number of the attempt within its run, from 1; reports of older attempts are ignored.</summary>
    public required int Attempt { get; init; }

    /// <summary>The worker that trained.</summary>
    public required string WorkerId { get; init; }

    /// <summary>How it ended; workers never report <see cref="AttemptOutcome.Lost"/>.</summary>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>What went wrong: always set when <see cref="Outcome"/> is <see cref="AttemptOutcome.Failed"/> or <see cref="AttemptOutcome.Lost"/>.</summary>
    public RunFailure? Failure { get; init; }

    /// <summary>The attempt's files, all of which are already stored.</summary>
    public IReadOnlyList<Artifact> Artifacts { get; init; } = [];

    /// <summary>All epochs that this attempt reported, repeated here because a broker may lose reports that it had confirmed.</summary>
    public IReadOnlyList<EpochFinished> Epochs { get; init; } = [];

    /// <summary>When the attempt ended, by the worker's clock (UTC).</summary>
    public required DateTimeOffset Time { get; init; }
}

/// <summary>Published to every worker when an attempt should stop now, without waiting for its next heartbeat.</summary>
public sealed record StopAttempt(string RunId, int Attempt, AttemptDirective Directive);
