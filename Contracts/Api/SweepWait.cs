namespace Experiments.Contracts.Api;

/// <summary>Why none of a sweep's runs is being trained although some wait.</summary>
/// <param name="Message">The reason as a sentence, and what to do about it.</param>
public sealed record SweepWait(WaitReason Reason, string Message)
{
    /// <summary>The run that the sweep waits for, or the first of several; null for reasons other than <see cref="WaitReason.EqualRuns"/>.</summary>
    public string? RunId { get; init; }
}

/// <summary>The reason why runs wait.</summary>
public enum WaitReason
{
    /// <summary>Equal runs of other sweeps are being trained: their results will be taken over.</summary>
    EqualRuns,

    /// <summary>The disk has no room for artifacts.</summary>
    NoRoom,

    /// <summary>The message broker cannot be reached.</summary>
    NoBroker,

    /// <summary>No worker is connected.</summary>
    NoWorker,

    /// <summary>The workers have sent no heartbeat for longer than a lease.</summary>
    WorkersLost,

    /// <summary>The connected workers accept no runs: they are set aside or draining.</summary>
    WorkersTakeNoRuns,

    /// <summary>The connected workers train runs of other sweeps.</summary>
    WorkersBusy,
}
