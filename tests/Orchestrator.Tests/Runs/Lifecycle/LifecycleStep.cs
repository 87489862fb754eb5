using CsCheck;

namespace Experiments.Orchestrator.Tests.Runs.Lifecycle;

/// <summary>The events in the life of runs.</summary>
internal enum LifecycleAct
{
    Dispatch,
    Claim,
    Heartbeat,

    /// <summary>An attempt finishes an epoch and reports it.</summary>
    Epoch,

    /// <summary>An attempt ends and reports how.</summary>
    End,

    /// <summary>A late or duplicate report arrives.</summary>
    DeliverLate,

    /// <summary>Some seconds pass, less than a lease.</summary>
    Wait,

    /// <summary>No worker sends a heartbeat for longer than a lease.</summary>
    LeaseExpiry,
    CancelRun,
    RetryRun,
    DeleteRun,
    CancelSweep,
    PauseSweep,
    ResumeSweep,
    RetryFailed,
    Drain,
    Readmit,

    /// <summary>The Orchestrator is killed and started again.</summary>
    Restart,
}

/// <summary>One event and its target: the numbers choose among the existing runs, attempts and sweeps.</summary>
internal readonly record struct LifecycleStep(LifecycleAct Act, int Which, int How)
{
    /// <summary>Claims and reports are the most frequent events.</summary>
    private static readonly LifecycleAct[] Often =
    [
        LifecycleAct.Dispatch, LifecycleAct.Claim, LifecycleAct.Claim, LifecycleAct.Claim, LifecycleAct.Epoch, LifecycleAct.Epoch,
        LifecycleAct.End, LifecycleAct.End, LifecycleAct.Heartbeat, LifecycleAct.DeliverLate,
    ];

    public static Gen<LifecycleStep[]> Sequences { get; } = Gen
        .Select(
            Gen.OneOf(Gen.Int[0, Often.Length - 1].Select(i => Often[i]), Gen.Enum<LifecycleAct>()),
            Gen.Int[0, 23],
            Gen.Int[0, 23],
            (act, which, how) => new LifecycleStep(act, which, how))
        .Array[0, 80];
}
