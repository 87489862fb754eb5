using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Artifacts.Retention;

/// <summary>How much of what an attempt left may go.</summary>
internal enum RemovalKind
{
    /// <summary>What broke off: parts of uploads and files that were being written.</summary>
    Fragments,

    /// <summary>The checkpoint too.</summary>
    Checkpoint,

    Everything,
}

/// <param name="Attempt">The number of an attempt that has ended.</param>
internal sealed record Removal(int Attempt, RemovalKind Kind);

/// <summary>Says what of a run's files nobody can need any more. Asked again, it says the same.</summary>
internal static class RetentionRule
{
    /// <param name="attempts">All attempts of the run.</param>
    /// <returns>One for each attempt that has ended; of one that runs, nothing ever goes.</returns>
    public static IReadOnlyList<Removal> Of(Run run, IReadOnlyCollection<Attempt> attempts) =>
        [.. attempts.Where(attempt => attempt.EndedAt is not null).Select(attempt => new Removal(attempt.Number, Kind(run, attempt, attempts)))];

    private static RemovalKind Kind(Run run, Attempt attempt, IReadOnlyCollection<Attempt> attempts) => run.Status switch
    {
        // What it took over lies with the run that was trained.
        RunStatus.Completed when run.ReusedFrom is not null => RemovalKind.Everything,

        // The attempt that completed it took over what it went on from.
        RunStatus.Completed => run.ArtifactsAttempt is { } kept && kept != attempt.Number ? RemovalKind.Everything : RemovalKind.Checkpoint,
        RunStatus.Cancelled => RemovalKind.Checkpoint,
        _ => IsSuperseded(attempt, attempts) ? RemovalKind.Checkpoint : RemovalKind.Fragments,
    };

    /// <summary>The next attempt goes on from the newest checkpoint, see <see cref="ResumeSource"/>; one that runs may still be reading what it goes on from.</summary>
    private static bool IsSuperseded(Attempt attempt, IReadOnlyCollection<Attempt> attempts) =>
        ResumeSource.After(attempts).Attempt > attempt.Number
        && !attempts.Any(other => other.EndedAt is null && !other.HasCheckpoint && other.ResumedFrom == attempt.Number);
}
