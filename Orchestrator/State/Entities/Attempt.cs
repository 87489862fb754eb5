using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>One execution of a run on one worker, as stored. It holds the lease while <see cref="EndedAt"/> is null.</summary>
public sealed class Attempt
{
    /// <summary>The number under which a run keeps the checkpoint of a stage that another run trained. No worker had it.</summary>
    public const int OfStage = RunClaimed.StageCheckpoint;

    public required string RunId { get; init; }

    /// <summary>From 1; <see cref="OfStage"/> for the checkpoint that the run took over from another one.</summary>
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

    /// <summary>
    /// Its checkpoint has no iteration of a later epoch: the epoch at which it was to end, or that of the attempt that it resumed from if that is later. Null
    /// for attempts of versions that did not store it.
    /// </summary>
    public int? UntilEpoch { get; set; }

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
