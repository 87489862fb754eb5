namespace Experiments.Orchestrator.State.Entities;

/// <summary>Where the next attempt of a run goes on.</summary>
/// <param name="Attempt">The attempt whose checkpoint it takes; null to start afresh.</param>
/// <param name="Epoch">Finished epochs in it, as far as reported: an attempt that died may have saved one more.</param>
public sealed record ResumeSource(int? Attempt, int Epoch)
{
    public static ResumeSource Start { get; } = new(null, 0);

    /// <summary>After the newest attempt that left a checkpoint.</summary>
    public static ResumeSource After(IEnumerable<Attempt> attempts)
    {
        Attempt? newest = attempts.Where(attempt => attempt.HasCheckpoint).MaxBy(attempt => attempt.Number);
        return newest is null ? Start : new ResumeSource(newest.Number, newest.LastEpoch);
    }
}
