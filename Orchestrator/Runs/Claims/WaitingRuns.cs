using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Claims;

/// <summary>Finds the waiting run with the highest priority.</summary>
internal static class WaitingRuns
{
    /// <summary>
    /// Among sweeps that may train one more run: the highest priority, then the fewest running runs, then the oldest. Within the sweep: the lowest cell; with
    /// a stopping rule the run that is trained furthest, because a promoted run tells more than a new one.
    /// </summary>
    public static async Task<(Sweep Sweep, Run Run)?> NextAsync(StateContext db, ClaimRun claim, CancellationToken cancellationToken)
    {
        bool trainsRanges = claim.Contract >= ClaimRun.TrainsRanges;
        bool sharesStages = claim.Contract >= ClaimRun.SharesStages;
        Sweep? sweep = await db.Sweeps
            .Where(s => trainsRanges || s.StoppingRule == null)
            .Where(s => s.Status == SweepStatus.Running && db.Runs.Any(r => r.SweepId == s.Id && r.Status == RunStatus.Queued && (sharesStages || r.SharedFrom == null)))
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

        // A run that crashed on this worker preferably goes to another one: the cause may not be the run.
        IQueryable<Run> queued = db.Runs.Where(r => r.SweepId == sweep.Id && r.Status == RunStatus.Queued && (sharesStages || r.SharedFrom == null));
        IQueryable<Run> waiting = sweep.StoppingRule is null ? queued.OrderBy(r => r.Cell) : queued.OrderByDescending(r => r.Epoch).ThenBy(r => r.Cell);
        Run? run = await waiting.FirstOrDefaultAsync(r => r.CrashedOn != claim.WorkerId, cancellationToken)
            ?? await waiting.FirstOrDefaultAsync(cancellationToken);
        return run is null ? null : (sweep, run);
    }
}
