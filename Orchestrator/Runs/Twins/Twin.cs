using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Runs.Twins;

/// <summary>A run that equals another one: it has the same key, and so the same result.</summary>
/// <param name="WaitsFor">See <see cref="Run.WaitsFor"/>.</param>
/// <param name="Reuses">Whether its sweep reuses results.</param>
/// <param name="Priority">That of its sweep.</param>
/// <param name="Sweep">The status of its sweep.</param>
internal sealed record Twin(string Id, string Key, string SweepId, RunStatus Status, int Attempt, string? WaitsFor, bool Reuses, int Priority, SweepStatus Sweep)
{
    /// <summary>Whether it is yet to be trained, and would rather wait for an equal run that is.</summary>
    public bool CanBeHeldBack => Reuses && WaitsFor is null && Status is RunStatus.Pending or RunStatus.Queued;

    /// <summary>
    /// Whether runs of a sweep with <paramref name="priority"/> may wait for it: a worker has it, or had it and another will get it before it would get them. A run that
    /// was never begun holds nothing up, nor does one whose sweep is paused; and one that waits itself is not waited for, so that there are no chains and no circles.
    /// </summary>
    public bool IsWorthWaitingFor(int priority) =>
        WaitsFor is null
        && (Status == RunStatus.Running || (Status == RunStatus.Queued && Attempt > 0 && Sweep == SweepStatus.Running && Priority >= priority));
}
