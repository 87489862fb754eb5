namespace Experiments.Orchestrator.State.Entities;

/// <summary>The checkpoint from which the next attempt of a run resumes.</summary>
/// <param name="Attempt">The attempt that stored the checkpoint; null to start from the beginning.</param>
/// <param name="Epoch">The finished epochs in it as reported: an attempt that died may have saved more.</param>
/// <param name="UntilEpoch">It has no iteration of a later epoch; null if that is unknown.</param>
public sealed record ResumeSource(int? Attempt, int Epoch, int? UntilEpoch)
{
    public static ResumeSource Start { get; } = new(null, 0, 0);

    /// <summary>The checkpoint of the newest attempt that has one.</summary>
    public static ResumeSource After(IEnumerable<Attempt> attempts)
    {
        Attempt? newest = attempts.Where(attempt => attempt.HasCheckpoint).MaxBy(attempt => attempt.Number);
        return newest is null ? Start : new ResumeSource(newest.Number, newest.LastEpoch, newest.UntilEpoch);
    }
}
