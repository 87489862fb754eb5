namespace Experiments.Contracts.Runs;

/// <summary>The status of a run; see docs/architecture.md.</summary>
public enum RunStatus
{
    /// <summary>Stored, its ticket not yet sent.</summary>
    Pending,

    /// <summary>Waiting for a worker.</summary>
    Queued,

    /// <summary>An attempt holds its lease.</summary>
    Running,

    /// <summary>Ended with a result. Final: a completed run never starts again.</summary>
    Completed,

    /// <summary>Ended without a result; a user can retry it.</summary>
    Failed,

    /// <summary>Stopped by a user, who can also retry it.</summary>
    Cancelled,

    /// <summary>Held at a rung by the sweep's stopping rule, with its checkpoint; the rule or a user may promote it.</summary>
    Paused,

    /// <summary>Ended early by the stopping rule, with its checkpoint; only a user may promote it.</summary>
    Stopped,
}

/// <summary>Why a run failed. <see cref="Crash"/> and <see cref="Lost"/> are tried again, <see cref="OutOfMemory"/> once with smaller parts of a batch.</summary>
public enum FailureKind
{
    /// <summary>The configuration cannot be trained on any worker.</summary>
    Invalid,

    /// <summary>The device ran out of memory.</summary>
    OutOfMemory,

    /// <summary>The loss stopped being a finite number.</summary>
    Diverged,

    /// <summary>The data set could not be read, or files are not those that the run's key covers.</summary>
    Data,

    /// <summary>Any other error.</summary>
    Crash,

    /// <summary>The lease expired without a heartbeat.</summary>
    Lost,

    /// <summary>Kept for reading old data: cancelled runs have no failure.</summary>
    Cancelled,
}

/// <summary>What went wrong, in words for the user.</summary>
public sealed record RunFailure(FailureKind Kind, string Message);

/// <summary>An artifact of a run.</summary>
/// <param name="Sha256">Lower-case hexadecimal digest of the content.</param>
public sealed record Artifact(string Name, long Bytes, string Sha256);

/// <summary>A range of epochs: from after <paramref name="First"/> finished epochs up to <paramref name="Last"/> finished epochs.</summary>
public sealed record EpochRange(int First, int Last);
