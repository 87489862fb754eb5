using Experiments.Orchestrator.Runs.Twins;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Sweeps.Planning;

/// <summary>Finds what the runs of a plan share with runs that are there already.</summary>
internal static class PlannedReuse
{
    /// <summary>The same runs, with what they take over and what they wait for. To be asked in the transaction that stores them: it may change at any moment.</summary>
    public static async Task<IReadOnlyList<PlannedRun>> ApplyAsync(StateContext db, SweepPlan plan, CancellationToken cancellationToken)
    {
        if (!plan.Spec.Reuse)
        {
            return plan.Runs;
        }

        Dictionary<string, Run> completed = await TwinLookup.CompletedAsync(db, plan.Runs.Select(run => run.Key), cancellationToken);
        ILookup<string, Twin> unfinished = await TwinLookup.UnfinishedAsync(
            db, plan.Runs.Select(run => run.Key).Where(key => !completed.ContainsKey(key)), cancellationToken);
        return [.. plan.Runs.Select(run => run with
        {
            Reused = completed.GetValueOrDefault(run.Key),
            IsUnderWay = unfinished.Contains(run.Key),
            WaitsFor = unfinished[run.Key].FirstOrDefault(twin => twin.IsWorthWaitingFor(plan.Spec.Priority))?.Id,
        })];
    }
}
