namespace Experiments.Contracts.Api;

/// <summary>Why none of the runs of a sweep is trained although some wait.</summary>
/// <param name="Message">The same in words, and what to do about it.</param>
public sealed record SweepWait(WaitReason Reason, string Message)
{
    /// <summary>The run that is waited for, or the first of several; null unless it is equal runs.</summary>
    public string? RunId { get; init; }
}

/// <summary>What runs wait for.</summary>
public enum WaitReason
{
    /// <summary>Equal runs of other sweeps are trained now: their results are taken over.</summary>
    EqualRuns,

    /// <summary>There is no room for artifacts.</summary>
    NoRoom,

    /// <summary>The message broker cannot be reached.</summary>
    NoBroker,

    /// <summary>No worker is connected.</summary>
    NoWorker,

    /// <summary>Those that were connected have not been heard of for longer than a lease.</summary>
    WorkersLost,

    /// <summary>Those that are connected take no runs: they are set aside or draining.</summary>
    WorkersTakeNoRuns,

    /// <summary>Those that are connected train runs of other sweeps.</summary>
    WorkersBusy,
}
