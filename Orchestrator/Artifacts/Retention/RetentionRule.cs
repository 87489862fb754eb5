using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Artifacts.Retention;

/// <summary>Which files of an attempt may be removed.</summary>
internal enum RemovalKind
{
    /// <summary>Leftovers of interrupted uploads and writes.</summary>
    Fragments,

    /// <summary>The fragments and the checkpoint.</summary>
    Checkpoint,

    Everything,
}

/// <param name="Attempt">The number of an attempt that has ended.</param>
internal sealed record Removal(int Attempt, RemovalKind Kind);

/// <summary>Decides which files of a run are no longer needed. Pure, and gives the same answer when asked again.</summary>
internal static class RetentionRule
{
    /// <param name="attempts">All attempts of the run.</param>
    /// <returns>One per attempt that has ended; files of a running attempt are never removed.</returns>
    public static IReadOnlyList<Removal> Of(Run run, IReadOnlyCollection<Attempt> attempts) =>
        [.. attempts.Where(attempt => attempt.EndedAt is not null).Select(attempt => new Removal(attempt.Number, Kind(run, attempt, attempts)))];

    private static RemovalKind Kind(Run run, Attempt attempt, IReadOnlyCollection<Attempt> attempts) => run.Status switch
    {
        // The result it took over is stored with the run that was trained.
        RunStatus.Completed when run.ReusedFrom is not null => RemovalKind.Everything,

        // The attempt that completed the run copied the checkpoint it resumed from.
        RunStatus.Completed => run.ArtifactsAttempt is { } kept && kept != attempt.Number ? RemovalKind.Everything : RemovalKind.Checkpoint,
        RunStatus.Cancelled => RemovalKind.Checkpoint,
        _ => IsSuperseded(attempt, attempts) ? RemovalKind.Checkpoint : RemovalKind.Fragments,
    };

    /// <summary>
    /// The next attempt resumes from the newest checkpoint, see <see cref="ResumeSource"/>. A running attempt may still be reading the one it resumes
    /// from.
    /// </summary>
    private static bool IsSuperseded(Attempt attempt, IReadOnlyCollection<Attempt> attempts) =>
        ResumeSource.After(attempts).Attempt > attempt.Number
        && !attempts.Any(other => other.EndedAt is null && !other.HasCheckpoint && other.ResumedFrom == attempt.Number);
}
