using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Search;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Experiments.Orchestrator.Sweeps.Launch;
using Experiments.Orchestrator.Sweeps.Planning;

namespace Experiments.Orchestrator.Sweeps.Proposals;

/// <summary>
/// Continues adaptive searches: the end of a run and the runs that are proposed because of it are stored in one transaction, so that a kill at any point
/// neither loses nor repeats a proposal.
/// </summary>
internal sealed class SearchContinuation(TicketQueue tickets, TimeProvider time, ILogger<SearchContinuation> logger) : IBeforeCommit
{
    public async Task CompleteAsync(StateWrite unit)
    {
        foreach ((string sweepId, SweepStatus before) in unit.RefreshedSweeps.ToArray())
        {
            if (await unit.Db.Sweeps.FindAsync([sweepId], unit.CancellationToken) is { } sweep && SearchState.HasProposals(sweep.SearchState))
            {
                await ContinueAsync(unit, sweep, before);
            }
        }
    }

    /// <param name="before">The status before runs ended: a sweep may seem to have ended until its next runs are proposed.</param>
    private async Task ContinueAsync(StateWrite unit, Sweep sweep, SweepStatus before)
    {
        SweepSpec spec;
        try
        {
            spec = SpecJson.Read(sweep.Spec);
        }
        catch (FormatException exception)
        {
            logger.LogWarning("The search of sweep {SweepId} cannot be continued: {Reason}. Another version stored it", sweep.Id, exception.Message);
            return;
        }

        bool areAllNew;
        do
        {
            SearchState state = SearchState.FromJson(sweep.SearchState, spec);
            IReadOnlyList<RunFact> facts = await RunFacts.NewAsync(unit, sweep.Id, state);
            SearchStep<SearchState> step = SearchMethods.Apply(state, new SearchEvent.Observed(facts));
            if (step.Errors.Count > 0)
            {
                logger.LogWarning("The search of sweep {SweepId} cannot be continued: {Reason}", sweep.Id, step.Errors.First().Value[0]);
                return;
            }

            sweep.SearchState = step.State.ToJson();
            areAllNew = await AddAsync(unit, sweep, spec, step, before);
        }
        while (!areAllNew);
    }

    /// <returns>False when some runs took over a result, so that the search has results to learn from already.</returns>
    private async Task<bool> AddAsync(StateWrite unit, Sweep sweep, SweepSpec spec, SearchStep<SearchState> step, SweepStatus before)
    {
        SearchAction.CreateRun[] created = [.. step.Actions.OfType<SearchAction.CreateRun>()];
        if (created.Length == 0)
        {
            return true;
        }

        IReadOnlyList<PlannedRun> runs = await PlannedReuse.ApplyAsync(unit.Db, spec, RunKeys.Plan(spec, step.State.Inputs!, created), unit.CancellationToken);
        sweep.Status = before;
        sweep.FinishedAt = null;
        await RunInserter.InsertAsync(unit, sweep, spec.Dataset, runs, time.GetUtcNow());
        await SweepStatusUpdater.RefreshAsync(unit, sweep.Id, time.GetUtcNow());
        unit.AfterCommit(tickets.Wanted);
        logger.LogInformation("The search of sweep {SweepId} proposed runs {Cells}", sweep.Id, string.Join(", ", runs.Select(run => run.Cell)));
        return runs.All(run => run.Reused is null);
    }
}
