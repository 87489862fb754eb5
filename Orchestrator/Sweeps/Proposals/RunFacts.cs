using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Search;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps.Proposals;

/// <summary>Reads what a search does not know yet about its runs.</summary>
internal static class RunFacts
{
    /// <summary>Runs that ended, and runs that are tried again, in the order of their cells.</summary>
    public static async Task<IReadOnlyList<RunFact>> NewAsync(StateWrite unit, string sweepId, SearchState state)
    {
        await unit.Db.SaveChangesAsync(unit.CancellationToken);
        int[] underWay = [.. state.Proposals.Where(proposal => proposal.Outcome == ProposalOutcome.UnderWay).Select(proposal => proposal.Cell).Distinct()];
        var runs = await unit.Db.Runs
            .Where(run => run.SweepId == sweepId
                && (underWay.Contains(run.Cell) || run.Status == RunStatus.Pending || run.Status == RunStatus.Queued || run.Status == RunStatus.Running))
            .OrderBy(run => run.Cell)
            .Select(run => new { run.Cell, run.Status, run.BestObjective, run.FailureKind })
            .ToListAsync(unit.CancellationToken);
        return
        [
            .. from run in runs
               let outcome = OutcomeOf(run.Status, run.BestObjective, run.FailureKind)
               where underWay.Contains(run.Cell) != (outcome == ProposalOutcome.UnderWay)
               select new RunFact(run.Cell, outcome, outcome == ProposalOutcome.Measured ? run.BestObjective : null),
        ];
    }

    internal static ProposalOutcome OutcomeOf(RunStatus status, double? best, FailureKind? failure) => status switch
    {
        // The rule held it because others were better: its best value so far tells the same to the sampler.
        RunStatus.Completed or RunStatus.Paused or RunStatus.Stopped => best is { } value && double.IsFinite(value) ? ProposalOutcome.Measured : ProposalOutcome.Unusable,
        RunStatus.Failed when failure is FailureKind.Diverged or FailureKind.OutOfMemory or FailureKind.Invalid => ProposalOutcome.Unusable,
        _ when RunTransitions.HasEnded(status) => ProposalOutcome.Unknown,
        _ => ProposalOutcome.UnderWay,
    };
}
