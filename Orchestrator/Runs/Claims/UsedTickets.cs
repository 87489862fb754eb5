using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Claims;

/// <summary>Sees to it that as many runs count on tickets as there are tickets.</summary>
internal static class UsedTickets
{
    /// <summary>
    /// Any ticket leads to any run. So when one is used up for nothing, or for a run that had none, one of the runs that count on theirs has to
    /// ask for another: the named one if it does, else any. Now and then that is one ticket too many, which costs a refused claim.
    /// </summary>
    public static async Task CountAsync(StateWrite unit, string named)
    {
        IQueryable<Run> counting = unit.Db.Runs.Where(r => r.Status == RunStatus.Queued && r.TicketSentAt != null);
        if (await ForgetAsync(counting.Where(r => r.Id == named)) == 0)
        {
            string? other = await counting
                .Where(r => unit.Db.Sweeps.Any(s => s.Id == r.SweepId && (s.Status == SweepStatus.Running || s.Status == SweepStatus.Paused)))
                .OrderBy(r => r.TicketSentAt)
                .Select(r => r.Id)
                .FirstOrDefaultAsync(unit.CancellationToken);
            await ForgetAsync(counting.Where(r => r.Id == other));
        }

        Task<int> ForgetAsync(IQueryable<Run> runs) =>
            runs.ExecuteUpdateAsync(set => set.SetProperty(r => r.TicketSentAt, (DateTimeOffset?)null), unit.CancellationToken);
    }
}
