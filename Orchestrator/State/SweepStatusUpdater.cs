using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.State;

/// <summary>Keeps the status of a sweep consistent with its runs.</summary>
internal static class SweepStatusUpdater
{
    /// <summary>
    /// Call it in the transaction in which runs ended, began to wait again or were deleted. A sweep without runs keeps its last status.
    /// </summary>
    public static async Task RefreshAsync(StateWrite unit, string sweepId, DateTimeOffset now)
    {
        await unit.Db.SaveChangesAsync(unit.CancellationToken);
        Sweep sweep = (await unit.Db.Sweeps.FindAsync([sweepId], unit.CancellationToken))!;
        var runs = await unit.Db.Sweeps
            .Where(s => s.Id == sweepId)
            .Select(s => new
            {
                // Each is one index lookup, and all of them are one query, because this runs at the end of every run.
                Unfinished = unit.Db.Runs.Any(run => run.SweepId == s.Id && run.Status == RunStatus.Pending)
                    || unit.Db.Runs.Any(run => run.SweepId == s.Id && run.Status == RunStatus.Queued)
                    || unit.Db.Runs.Any(run => run.SweepId == s.Id && run.Status == RunStatus.Running),
                Failed = unit.Db.Runs.Any(run => run.SweepId == s.Id && run.Status == RunStatus.Failed),
                Any = unit.Db.Runs.Any(run => run.SweepId == s.Id),
                Cancelled = unit.Db.Runs.Any(run => run.SweepId == s.Id && run.Status == RunStatus.Cancelled),
            })
            .SingleAsync(unit.CancellationToken);
        unit.SweepRefreshed(sweepId, sweep.Status);
        SweepStatus status = StatusOf(sweep.Status, runs.Any, runs.Unfinished, runs.Failed, runs.Cancelled);
        sweep.FinishedAt = IsOpen(status) ? null : sweep.FinishedAt ?? now;
        sweep.Status = status;
        unit.SweepChanged(sweepId);
    }

    public static bool IsOpen(SweepStatus status) => status is SweepStatus.Running or SweepStatus.Paused;

    internal static SweepStatus StatusOf(SweepStatus current, bool any, bool unfinished, bool failed, bool cancelled) => current switch
    {
        _ when !any && !IsOpen(current) => current,
        SweepStatus.Paused when unfinished => SweepStatus.Paused,
        _ when unfinished => SweepStatus.Running,
        SweepStatus.Cancelled => SweepStatus.Cancelled,
        _ when failed => SweepStatus.Failed,
        _ => cancelled ? SweepStatus.Cancelled : SweepStatus.Completed,
    };
}
