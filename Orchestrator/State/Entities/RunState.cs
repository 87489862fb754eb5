using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>The part of a run that decisions are made on.</summary>
/// <param name="Attempt">The newest attempt; the fence: whatever carries an older number is ignored.</param>
/// <param name="TriesLeft">How often it may still crash or be lost.</param>
/// <param name="BatchParts">Into so many parts its attempts split each batch: 1, or <see cref="PartsAfterOutOfMemory"/>.</param>
public readonly record struct RunState(RunStatus Status, int Attempt, int TriesLeft, int BatchParts = 1)
{
    /// <summary>Half the images at a time and gradients added up: the same batch for the optimizer, so that results stay comparable.</summary>
    public const int PartsAfterOutOfMemory = 2;

    /// <summary>The state that follows, or null when the table does not allow it.</summary>
    public RunState? After(RunCause cause) =>
        RunTransitions.TryNext(Status, cause, out RunStatus next) ? this with { Status = next } : null;

    /// <summary>A worker gets the lease of the next attempt.</summary>
    public RunState? Claim() => After(RunCause.Claimed) is { } next ? next with { Attempt = Attempt + 1 } : null;

    /// <summary>Somebody asks for another try: as many as a new run has.</summary>
    public RunState? Retry(int maxAttempts) => After(RunCause.Retried) is { } next ? next with { TriesLeft = maxAttempts, BatchParts = 1 } : null;

    /// <summary>
    /// The worker on which it crashed turned out to be at fault: it has <paramref name="triesLeft"/> again. Null when that changes nothing
    /// any more, because it has ended for another reason.
    /// </summary>
    public RunState? Pardon(FailureKind? failure, int triesLeft)
    {
        RunState? next = Status == RunStatus.Failed && failure == FailureKind.Crash ? After(RunCause.Pardoned)
            : RunTransitions.HasEnded(Status) ? null : this;
        return next is { } state ? state with { TriesLeft = triesLeft } : null;
    }

    /// <summary>An attempt is over. Null when it is not the one that holds the lease, and so has no say any more.</summary>
    public RunState? End(int attempt, AttemptOutcome outcome, FailureKind? failure)
    {
        if (attempt != Attempt || Status != RunStatus.Running)
        {
            return null;
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
