using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Workers;

namespace Experiments.Orchestrator.Tests.Workers;

public sealed class WorkerShortageTests
{
    [Fact]
    public void Explain_NoWorker_SaysHowToGetOne() => Expect([], WaitReason.NoWorker, "waits for a worker: none is connected. Start one");

    [Fact]
    public void Explain_AllLost_SaysWhichWasThereLast() => Expect(
        [Worker("gpu-1", WorkerState.Lost, seen: 10), Worker("gpu-2", WorkerState.Lost, seen: 70)],
        WaitReason.WorkersLost,
        "waits for a worker: none is connected. gpu-2 sent its last heartbeat at 1970-01-01 00:01:10 UTC");

    [Fact]
    public void Explain_AllSetAside_SaysWhyAndWhatToDo() => Expect(
        [Worker("gpu-1", WorkerState.SetAside, "the GPU fell off the bus"), Worker("gpu-2", WorkerState.Lost)],
        WaitReason.WorkersTakeNoRuns,
        "waits for a worker: the only one that is connected is set aside, gpu-1 because the GPU fell off the bus. Fix the cause, then readmit it");

    [Fact]
    public void Explain_AllDraining_SaysSo() => Expect(
        [Worker("gpu-1", WorkerState.Draining), Worker("gpu-2", WorkerState.Draining)],
        WaitReason.WorkersTakeNoRuns,
        "all 2 that are connected are draining. Readmit one");

    [Fact]
    public void Explain_SomeSetAsideAndTheOthersDraining_NamesBoth() => Expect(
        [Worker("gpu-1", WorkerState.SetAside, "it crashed"), Worker("gpu-2", WorkerState.Draining)],
        WaitReason.WorkersTakeNoRuns,
        "1 set aside (gpu-1 because it crashed) and 1 draining");

    [Fact]
    public void Explain_AllBusy_SaysThatItContinuesAutomatically() => Expect(
        [Worker("gpu-1", WorkerState.Busy), Worker("gpu-2", WorkerState.Draining)],
        WaitReason.WorkersBusy,
        "waits for a worker: the only one is busy with another run. It gets the next one that is free");

    [Fact]
    public void Explain_OneIdle_NothingIsInTheWay() =>
        Assert.Null(WorkerShortage.Explain([Worker("gpu-1", WorkerState.Busy), Worker("gpu-2", WorkerState.Idle)]));

    private static void Expect(WorkerView[] workers, WaitReason reason, string words)
    {
        SweepWait wait = WorkerShortage.Explain(workers)!;
        Assert.Equal(reason, wait.Reason);
        Assert.Contains(words, wait.Message, StringComparison.Ordinal);
    }

    private static WorkerView Worker(string id, WorkerState state, string? reason = null, int seen = 0) => new()
    {
        Id = id,
        Host = "host",
        Device = "cpu",
        State = state,
        Reason = reason,
        MemoryUsed = 0,
        MemoryTotal = 0,
        Utilization = 0,
        LastSeen = DateTimeOffset.UnixEpoch.AddSeconds(seen),
    };
}
