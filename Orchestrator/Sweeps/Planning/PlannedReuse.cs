using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Runs.Twins;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Sweeps.Planning;

/// <summary>Finds what the runs of a plan share with existing runs.</summary>
internal static class PlannedReuse
{
    /// <summary>
    /// The same runs, with the results they take over and the runs they wait for. Call it in the transaction that stores them, because the answer may
    /// change at any moment.
    /// </summary>
    public static Task<IReadOnlyList<PlannedRun>> ApplyAsync(StateContext db, SweepPlan plan, CancellationToken cancellationToken) =>
        ApplyAsync(db, plan.Spec, plan.Runs, cancellationToken);

    /// <inheritdoc cref="ApplyAsync(StateContext, SweepPlan, CancellationToken)"/>
    public static async Task<IReadOnlyList<PlannedRun>> ApplyAsync(StateContext db, SweepSpec spec, IReadOnlyList<PlannedRun> runs, CancellationToken cancellationToken)
    {
        if (!spec.Reuse)
        {
            return runs;
        }

        Dictionary<string, Run> completed = await TwinLookup.CompletedAsync(db, runs.Select(run => run.Key), cancellationToken);
        ILookup<string, Twin> unfinished = await TwinLookup.UnfinishedAsync(
            db, runs.Select(run => run.Key).Where(key => !completed.ContainsKey(key)), cancellationToken);
        return [.. runs.Select(run => run with
        {
            Reused = completed.GetValueOrDefault(run.Key),
            IsUnderWay = unfinished.Contains(run.Key),
            WaitsFor = unfinished[run.Key].FirstOrDefault(twin => twin.IsWorthWaitingFor(spec.Priority))?.Id,
        })];
    }
}
