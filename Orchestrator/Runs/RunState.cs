using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.Runs;

/// <summary>The part of a run that decisions are made on.</summary>
/// <param name="Attempt">The newest attempt; the fence: whatever carries an older number is ignored.</param>
/// <param name="TriesLeft">How often it may still crash or be lost.</param>
public readonly record struct RunState(RunStatus Status, int Attempt, int TriesLeft)
{
    /// <summary>The state that follows, or null when the table does not allow it.</summary>
    public RunState? After(RunCause cause) =>
        RunTransitions.TryNext(Status, cause, out RunStatus next) ? this with { Status = next } : null;

    /// <summary>A worker gets the lease of the next attempt.</summary>
    public RunState? Claim() => After(RunCause.Claimed) is { } next ? next with { Attempt = Attempt + 1 } : null;

    /// <summary>Somebody asks for another try: as many as a new run has.</summary>
    public RunState? Retry(int maxAttempts) => After(RunCause.Retried) is { } next ? next with { TriesLeft = maxAttempts } : null;

    /// <summary>An attempt is over. Null when it is not the one that holds the lease, and so has no say any more.</summary>
    public RunState? End(int attempt, AttemptOutcome outcome, FailureKind? failure)
    {
        if (attempt != Attempt || Status != RunStatus.Running)
        {
            return null;
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
