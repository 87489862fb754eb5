using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>What must hold for equal runs of several sweeps after every commit. Pure.</summary>
internal static class TwinInvariants
{
    public static void Check(StoredRun was, StoredRun run, StoredState now)
    {
        StoredRun[] twins = [.. now.Runs.Values.Where(other => other.Key == run.Key && other.Id != run.Id)];
        bool reuses = now.Sweeps[run.SweepId].Reuse;
        if (run.WaitsFor is { } awaited)
        {
            Require(run.Status == RunStatus.Pending, $"{run} waits for another and is not pending");
            Require(reuses || run.WaitsForEpoch is not null, $"{run} waits for another, although its sweep reuses nothing");
            Require(twins.Any(twin => twin.Id == awaited) || run.WaitsForEpoch is not null, $"{run} waits for a run that does not equal it");
            Require(run.WaitsForEpoch is not { } epoch || (run.Attempt == 0 && now.Runs[awaited].Epoch <= epoch), $"{run} waits for an epoch that has passed");
            CheckAwaited(run, now.Runs[awaited], now);
        }

        Require(run.WaitsFor is not null || run.WaitsForEpoch is null, $"{run} waits for an epoch of no run");
        if (run.Status == RunStatus.Running && was.Status != RunStatus.Running && reuses)
        {
            Require(!twins.Any(twin => twin.Status == RunStatus.Running), $"{run} is trained while an equal run is");
            Require(!twins.Any(twin => twin.Status == RunStatus.Completed), $"{run} is trained although an equal run has completed");
        }

        if (run.Status == RunStatus.Completed && was.Status is not (RunStatus.Running or RunStatus.Completed))
        {
            Require(reuses && twins.Any(twin => twin.Id == run.ReusedFrom && twin is { Status: RunStatus.Completed, ReusedFrom: null }), $"{run} completed from nothing");
        }

        Require(run.ReusedFrom is null || run.Status == RunStatus.Completed, $"{run} took over a result but has not completed");
    }

    /// <summary>An awaited run ends, or is given to a worker before the runs that wait for it could be: so no run waits forever.</summary>
    private static void CheckAwaited(StoredRun run, StoredRun awaited, StoredState now)
    {
        StoredSweep sweep = now.Sweeps[awaited.SweepId];
        bool isGivenAway = awaited.Status == RunStatus.Queued && awaited.Attempt > 0 && sweep.Status == SweepStatus.Running
            && sweep.Priority >= now.Sweeps[run.SweepId].Priority;
        Require(awaited.WaitsFor is null, $"{run} waits for a run that waits");
        Require(awaited.Status == RunStatus.Running || isGivenAway, $"{run} waits for {awaited}, of {sweep}");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvariantException(otherwise);
        }
    }
}
