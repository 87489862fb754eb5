namespace Experiments.Contracts.Api;

/// <summary>Why none of a sweep's runs is being trained although some wait.</summary>
/// <param name="Message">The same in words, and what to do about it.</param>
public sealed record SweepWait(WaitReason Reason, string Message)
{
    /// <summary>The run that is waited for, or the first of several; null unless the cause is equal runs.</summary>
    public string? RunId { get; init; }
}

/// <summary>What runs wait for.</summary>
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
