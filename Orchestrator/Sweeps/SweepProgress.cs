using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps;

/// <summary>Keeps the status of a sweep in step with its runs.</summary>
internal static class SweepProgress
{
    /// <summary>To be called in the transaction in which runs have ended or begun to wait again.</summary>
    public static async Task RefreshAsync(StateWrite unit, string sweepId, DateTimeOffset now)
    {
        await unit.Db.SaveChangesAsync(unit.CancellationToken);
        Sweep sweep = (await unit.Db.Sweeps.FindAsync([sweepId], unit.CancellationToken))!;
        SweepStatus status = StatusOf(
            sweep.Status,
            unfinished: await AnyAsync(unit, sweepId, RunStatus.Pending, RunStatus.Queued, RunStatus.Running),
            failed: await AnyAsync(unit, sweepId, RunStatus.Failed),
            cancelled: await AnyAsync(unit, sweepId, RunStatus.Cancelled));
        sweep.FinishedAt = IsOpen(status) ? null : sweep.FinishedAt ?? now;
        sweep.Status = status;
        unit.SweepChanged(sweepId);
    }

    public static bool IsOpen(SweepStatus status) => status is SweepStatus.Running or SweepStatus.Paused;

    internal static SweepStatus StatusOf(SweepStatus current, bool unfinished, bool failed, bool cancelled) => current switch
    {
        SweepStatus.Paused when unfinished => SweepStatus.Paused,
        _ when unfinished => SweepStatus.Running,
        SweepStatus.Cancelled => SweepStatus.Cancelled,
        _ when failed => SweepStatus.Failed,
        _ => cancelled ? SweepStatus.Cancelled : SweepStatus.Completed,
    };

    private static async Task<bool> AnyAsync(StateWrite unit, string sweepId, params RunStatus[] statuses)
    {
        foreach (RunStatus status in statuses)
        {
            if (await unit.Db.Runs.AnyAsync(run => run.SweepId == sweepId && run.Status == status, unit.CancellationToken))
            {
                return true;
            }
        }

        return false;
    }
}
