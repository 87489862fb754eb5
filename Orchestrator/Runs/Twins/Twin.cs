using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Runs.Twins;

/// <summary>A run equal to another one: it has the same key, and so the same result.</summary>
/// <param name="WaitsFor">See <see cref="Run.WaitsFor"/>.</param>
/// <param name="Reuses">Whether its sweep reuses results.</param>
/// <param name="Priority">The priority of its sweep.</param>
/// <param name="Sweep">The status of its sweep.</param>
internal sealed record Twin(string Id, string Key, string SweepId, RunStatus Status, int Attempt, string? WaitsFor, bool Reuses, int Priority, SweepStatus Sweep)
{
    /// <summary>Whether it is not being trained yet, and may wait for an equal run that is.</summary>
    public bool CanBeHeldBack => Reuses && WaitsFor is null && Status is RunStatus.Pending or RunStatus.Queued;

    /// <summary>
    /// Whether runs of a sweep with <paramref name="priority"/> may wait for it: a worker has it, or had it and another will get it before those
    /// runs. No run waits for one that was never started or whose sweep is paused. No run waits for one that waits itself, so there are no chains
    /// or cycles.
    /// </summary>
    public bool IsWorthWaitingFor(int priority) =>
        WaitsFor is null
        && (Status == RunStatus.Running || (Status == RunStatus.Queued && Attempt > 0 && Sweep == SweepStatus.Running && Priority >= priority));
}
