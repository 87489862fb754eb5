using Experiments.Contracts.Runs;

namespace Experiments.Orchestrator.State.Entities;

/// <summary>One try of a run on one worker, as it is stored. It holds the lease as long as <see cref="EndedAt"/> is null.</summary>
public sealed class Attempt
{
    public required string RunId { get; init; }

    public required int Number { get; init; }

    public required string WorkerId { get; init; }

    public string? Host { get; init; }

    public string? Device { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; set; }

    public AttemptOutcome? Outcome { get; set; }

    public FailureKind? FailureKind { get; set; }

    public string? FailureMessage { get; set; }

    /// <summary>The attempt whose checkpoint it goes on from.</summary>
    public int? ResumedFrom { get; init; }

    /// <summary>Into so many parts it splits each batch.</summary>
    public int BatchParts { get; init; } = 1;

    /// <summary>Finished epochs at its start.</summary>
    public int FirstEpoch { get; init; }

    /// <summary>Finished epochs as last reported; <see cref="FirstEpoch"/> before the first report.</summary>
    public int LastEpoch { get; set; }

    /// <summary>Finished iterations as last reported.</summary>
    public long? LastIteration { get; set; }

    /// <summary>True once it reported an epoch, or handed back with a checkpoint.</summary>
    public bool HasCheckpoint { get; set; }
}
