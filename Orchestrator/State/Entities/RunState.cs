using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>The part of a run that decisions depend on.</summary>
/// <param name="Attempt">The number of the newest attempt, the fencing token: messages of older attempts are ignored.</param>
/// <param name="TriesLeft">How often it may still crash or be lost.</param>
/// <param name="BatchParts">The number of micro-batches per batch: 1, or <see cref="PartsAfterOutOfMemory"/>.</param>
/// <param name="Held">
/// The status of a running run once its attempt ends, when the stopping rule has decided so: <see cref="RunStatus.Paused"/> or <see cref="RunStatus.Stopped"/>.
/// </param>
public readonly record struct RunState(RunStatus Status, int Attempt, int TriesLeft, int BatchParts = 1, RunStatus? Held = null)
{
    /// <summary>Half the images at a time with gradient accumulation: the optimizer sees the same batch, so results stay comparable.</summary>
    public const int PartsAfterOutOfMemory = 2;

    /// <summary>The next state, or null when the table does not allow the transition.</summary>
    public RunState? After(RunCause cause) =>
        RunTransitions.TryNext(Status, cause, out RunStatus next) ? this with { Status = next, Held = null } : null;

    /// <summary>The stopping rule decided to pause or stop the run: it does so when its attempt ends. Null when no attempt trains it.</summary>
    public RunState? Hold(RunStatus held) => Status == RunStatus.Running ? this with { Held = held } : null;

    /// <summary>The run continues after a pause or a stop, or after the decision to pause or stop it. Null when it is neither held nor about to be.</summary>
    public RunState? Promote() => Status == RunStatus.Running && Held is not null ? this with { Held = null } : After(RunCause.Promoted);

    /// <summary>A worker gets the lease of the next attempt.</summary>
    public RunState? Claim() => After(RunCause.Claimed) is { } next ? next with { Attempt = Attempt + 1 } : null;

    /// <summary>A user retries the run: it gets as many attempts as a new one.</summary>
    public RunState? Retry(int maxAttempts) => After(RunCause.Retried) is { } next ? next with { TriesLeft = maxAttempts, BatchParts = 1 } : null;

    /// <summary>
    /// The worker on which it crashed turned out to be at fault: the run gets <paramref name="triesLeft"/> tries. Null when that changes nothing,
    /// because the run has ended for another reason.
    /// </summary>
    public RunState? Pardon(FailureKind? failure, int triesLeft)
    {
        RunState? next = Status == RunStatus.Failed && failure == FailureKind.Crash ? After(RunCause.Pardoned)
            : RunTransitions.HasEnded(Status) ? null : this;
        return next is { } state ? state with { TriesLeft = triesLeft } : null;
    }

    /// <summary>An attempt ended. Null when it does not hold the lease, and so cannot change the run.</summary>
    public RunState? End(int attempt, AttemptOutcome outcome, FailureKind? failure)
    {
        if (attempt != Attempt || Status != RunStatus.Running)
        {
            return null;
        }

        if (Held is { } held && outcome is not (AttemptOutcome.Completed or AttemptOutcome.Cancelled))
        {
            // The epochs that the rule wanted are stored, so it does not matter how the attempt ended.
            return After(held == RunStatus.Paused ? RunCause.PausedAtRung : RunCause.StoppedEarly);
        }

        if (outcome == AttemptOutcome.Failed && failure == FailureKind.OutOfMemory && BatchParts < PartsAfterOutOfMemory)
        {
            return (this with { BatchParts = PartsAfterOutOfMemory }).After(RunCause.TriedAgain);
        }

        bool usesUpTry = outcome == AttemptOutcome.Lost || (outcome == AttemptOutcome.Failed && failure is FailureKind.Crash or FailureKind.Lost);
        int triesLeft = usesUpTry ? Math.Max(0, TriesLeft - 1) : TriesLeft;
        RunCause cause = outcome switch
        {
            AttemptOutcome.Completed => RunCause.Completed,
            AttemptOutcome.HandedBack => RunCause.HandedBack,
            AttemptOutcome.Cancelled => RunCause.Cancelled,
            AttemptOutcome.Failed or AttemptOutcome.Lost => usesUpTry && triesLeft > 0 ? RunCause.TriedAgain : RunCause.GaveUp,
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "not an outcome"),
        };
        return (this with { TriesLeft = triesLeft }).After(cause);
    }
}
