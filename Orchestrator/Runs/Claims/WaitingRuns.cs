using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Claims;

/// <summary>Says which run matters most.</summary>
internal static class WaitingRuns
{
    /// <summary>Of the sweeps that may train one more: highest priority first; among equals the sweep with the fewest running runs, then the oldest; in it the lowest cell.</summary>
    public static async Task<(Sweep Sweep, Run Run)?> NextAsync(StateContext db, string workerId, CancellationToken cancellationToken)
    {
        Sweep? sweep = await db.Sweeps
            .Where(s => s.Status == SweepStatus.Running && db.Runs.Any(r => r.SweepId == s.Id && r.Status == RunStatus.Queued))
            .Where(s => s.MaxConcurrency == null || db.Runs.Count(r => r.SweepId == s.Id && r.Status == RunStatus.Running) < s.MaxConcurrency)
            .OrderByDescending(s => s.Priority)
            .ThenBy(s => db.Runs.Count(r => r.SweepId == s.Id && r.Status == RunStatus.Running))
            .ThenBy(s => s.CreatedAt)
            .ThenBy(s => s.Id)
            .FirstOrDefaultAsync(cancellationToken);
        if (sweep is null)
        {
            return null;
        }

        // A run that crashed here should rather try another worker: it may not be the run's fault.
        IQueryable<Run> waiting = db.Runs.Where(r => r.SweepId == sweep.Id && r.Status == RunStatus.Queued).OrderBy(r => r.Cell);
        Run? run = await waiting.FirstOrDefaultAsync(r => r.CrashedOn != workerId, cancellationToken)
            ?? await waiting.FirstOrDefaultAsync(cancellationToken);
        return run is null ? null : (sweep, run);
    }
}
