using CsCheck;

namespace Experiments.Orchestrator.Tests.Runs.Lifecycle;

/// <summary>What can happen to runs.</summary>
internal enum LifecycleAct
{
    Dispatch,
    Claim,
    Heartbeat,

    /// <summary>An attempt finishes an epoch and reports it.</summary>
    Epoch,

    /// <summary>An attempt ends and reports how.</summary>
    End,

    /// <summary>A report that is late, or was delivered before, arrives.</summary>
    DeliverLate,

    /// <summary>Some seconds pass, fewer than a lease has.</summary>
    Wait,

    /// <summary>Nobody is heard of for longer than a lease.</summary>
    Silence,
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

/// <summary>One thing that happens, and to whom: the numbers choose among those that there are.</summary>
internal readonly record struct LifecycleStep(LifecycleAct Act, int Which, int How)
{
    /// <summary>Claims and reports are what happens most.</summary>
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
