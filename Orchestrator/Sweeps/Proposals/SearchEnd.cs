using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Runs.Rungs;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;

namespace Experiments.Orchestrator.Sweeps.Proposals;

/// <summary>
/// When no run of a sweep waits or trains any more and none is proposed, its stopping rule promotes one more, or its paused runs are stopped: in the
/// transaction of the last end.
/// </summary>
internal sealed class SearchEnd(RungDecisions rungs, TimeProvider time) : IBeforeCommit
{
    public async Task CompleteAsync(StateWrite unit)
    {
        foreach ((string sweepId, SweepStatus before) in unit.RefreshedSweeps.ToArray())
        {
            if (await unit.Db.Sweeps.FindAsync([sweepId], unit.CancellationToken) is { StoppingRule: not null } sweep && !SweepStatusUpdater.IsOpen(sweep.Status))
            {
                await SettleAsync(unit, sweep, before);
            }
        }
    }

    /// <param name="before">The status before runs ended: a sweep seems to have ended until its rule promotes a run.</param>
    private async Task SettleAsync(StateWrite unit, Sweep sweep, SweepStatus before)
    {
        if (await rungs.SettleIdleAsync(unit, sweep))
        {
            sweep.Status = before;
            sweep.FinishedAt = null;
        }

        await SweepStatusUpdater.RefreshAsync(unit, sweep.Id, time.GetUtcNow());
    }
}
