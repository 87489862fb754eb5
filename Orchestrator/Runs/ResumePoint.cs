using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.Runs;

/// <summary>Where the next attempt of a run goes on.</summary>
/// <param name="Attempt">The attempt whose checkpoint it takes; null to start afresh.</param>
/// <param name="Epoch">Finished epochs in it.</param>
/// <param name="Iteration">Finished iterations in it; null when it was saved within an epoch and only it knows.</param>
public sealed record ResumePoint(int? Attempt, int Epoch, long? Iteration)
{
    public static ResumePoint Start { get; } = new(null, 0, 0);

    /// <summary>After the newest attempt that left a checkpoint.</summary>
    public static ResumePoint After(IEnumerable<Attempt> attempts)
    {
        Attempt? newest = attempts.Where(attempt => attempt.HasCheckpoint).MaxBy(attempt => attempt.Number);
        return newest switch
        {
            null => Start,
            { Outcome: AttemptOutcome.HandedBack } => new ResumePoint(newest.Number, newest.LastEpoch, null),
            _ => new ResumePoint(newest.Number, newest.LastEpoch, newest.LastIteration),
        };
    }
}
