using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Artifacts.Space;
using Experiments.Orchestrator.Workers;
using MassTransit;

namespace Experiments.Orchestrator.Sweeps.Views;

/// <summary>Explains why no run of a sweep is being trained although some wait.</summary>
public sealed class SweepWaits(WorkerTable workers, SpaceBudget space, IBusControl bus)
{
    private static readonly SweepWait NoBroker = new(
        WaitReason.NoBroker, "waits for the message broker, which cannot be reached: workers cannot be notified of runs. Start it or fix the connection; the sweep then continues automatically");

    /// <param name="awaited">The runs that some of its runs wait for; null when none waits for another.</param>
    internal SweepWait? Explain(SweepStatus status, RunCounts counts, AwaitedRuns? awaited)
    {
        int waiting = counts.Pending + counts.Queued;
        return status != SweepStatus.Running || counts.Running > 0 || waiting == 0 ? null
            : awaited is not null && waiting == awaited.Waiting ? awaited.Explain()
            : space.FindShortage() is { } shortage ? new SweepWait(WaitReason.NoRoom, $"waits for room: {shortage.Reason}")
            : bus.CheckHealth().Status == BusHealthStatus.Unhealthy ? NoBroker
            : WorkerShortage.Explain(workers.Views());
    }
}
