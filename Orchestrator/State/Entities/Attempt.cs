using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>One execution of a run on one worker, as stored. It holds the lease while <see cref="EndedAt"/> is null.</summary>
public sealed class Attempt
{
    public required string RunId { get; init; }

    public required int Number { get; init; }

    public required string WorkerId { get; init; }

    public string? Host { get; init; }

    public string? Device { get; init; }

    /// <summary>The token with which the worker claimed the run, and has to report; null where workers need none.</summary>
    public string? TokenId { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public AttemptOutcome? Outcome { get; set; }

    public FailureKind? FailureKind { get; set; }

    public string? FailureMessage { get; set; }

    /// <summary>The attempt whose checkpoint it resumes from.</summary>
    public int? ResumedFrom { get; init; }

    /// <summary>The number of micro-batches per batch.</summary>
    public int BatchParts { get; init; } = 1;

    /// <summary>The number of finished epochs at its start.</summary>
    public int FirstEpoch { get; init; }

    /// <summary>The number of finished epochs as last reported; <see cref="FirstEpoch"/> before the first report.</summary>
    public int LastEpoch { get; set; }

    /// <summary>The number of finished iterations as last reported; null before the first report.</summary>
    public long? LastIteration { get; set; }

    /// <summary>
    /// Whether a later attempt can resume from it: true once it reported an epoch, or handed back with a checkpoint; false again when retention
    /// removes it.
    /// </summary>
    public bool HasCheckpoint { get; set; }
}
