using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Runs.Twins;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Workers;

/// <summary>
/// Sets a worker aside when one run after another crashes on it, before it crashes the whole grid. Distinct runs count, not attempts: one broken run
/// must not cost a laptop its only worker. Runs that also crash on other workers do not count, because the fault is theirs. Lost attempts do not
/// count: a worker without heartbeats takes no runs, and when it is back, its problem has been solved.
/// </summary>
public sealed class WorkerTrust(WorkerTable workers, TwinRuns twins, TimeProvider time, ILogger<WorkerTrust> logger)
{
    /// <summary>The number of distinct runs in a row.</summary>
    public const int MostCrashes = 3;

    /// <summary>Records how an attempt ended, in the same transaction.</summary>
    public async Task JudgeAsync(StateWrite unit, AttemptEnded ended)
    {
        WorkerRow? row = await unit.Db.Workers.FindAsync([ended.WorkerId], unit.CancellationToken);
        if (row is null)
        {
            return;
        }

        if (ended.Outcome == AttemptOutcome.Completed && row.Crashes.Count > 0)
        {
            row.Crashes = [];
        }
        else if (ended.Failure?.Kind == FailureKind.Crash)
        {
            await CountCrashAsync(unit, row, ended.RunId, ended.Failure.Message);
        }
    }

    private async Task CountCrashAsync(StateWrite unit, WorkerRow row, string runId, string message)
    {
        List<WorkerRow> others = await unit.Db.Workers.Where(other => other.Id != row.Id).ToListAsync(unit.CancellationToken);
        if (others.FindAll(other => other.Crashes.Contains(runId)) is { Count: > 0 } alike)
        {
            alike.ForEach(other => other.Crashes = [.. other.Crashes.Where(id => id != runId)]);
            return;
        }

        if (row.Crashes.Contains(runId))
        {
            return;
        }

        row.Crashes = [.. row.Crashes, runId];
        if (row.Crashes.Count >= MostCrashes && row.SetAsideReason is null)
        {
            SetAside(unit, row, message);
            await PardonRunsAsync(unit, row);
        }
    }

    private void SetAside(StateWrite unit, WorkerRow row, string message)
    {
        row.SetAsideReason = $"{MostCrashes} runs in a row failed here, the last with: {message}";
        unit.AfterCommit(() => workers.Change(row.Id, worker => worker with { SetAsideReason = row.SetAsideReason }));
        unit.WorkerChanged(row.Id);
        logger.LogWarning("Worker {WorkerId} set aside: {Reason}", row.Id, row.SetAsideReason);
    }

    /// <summary>Crashes that the worker caused do not count against the runs: they get their tries back.</summary>
    private async Task PardonRunsAsync(StateWrite unit, WorkerRow row)
    {
        foreach (string id in row.Crashes)
        {
            if (await unit.Db.Runs.FindAsync([id], unit.CancellationToken) is not { } run)
            {
                continue;
            }

            Sweep sweep = (await unit.Db.Sweeps.FindAsync([run.SweepId], unit.CancellationToken))!;
            int crashes = await unit.Db.Attempts.CountAsync(
                attempt => attempt.RunId == id && attempt.WorkerId == row.Id && attempt.FailureKind == FailureKind.Crash, unit.CancellationToken);
            if (sweep.Status == SweepStatus.Cancelled
                || run.State.Pardon(run.FailureKind, Math.Min(run.TriesLeft + crashes, sweep.MaxAttempts)) is not { } pardoned)
            {
                // A user cancelled it, or it has ended for another reason.
                continue;
            }

            bool hadFailed = run.Status == RunStatus.Failed;
            run.State = pardoned;
            unit.RunChanged(run.Id, run.SweepId);
            if (hadFailed)
            {
                (run.FinishedAt, run.FailureKind, run.FailureMessage) = (null, null, null);
                await twins.TrySettleAsync(unit, run, sweep);
                await SweepStatusUpdater.RefreshAsync(unit, run.SweepId, time.GetUtcNow());
                logger.LogInformation("Run {RunId} of sweep {SweepId} waits again: it had failed on {WorkerId} alone", run.Id, run.SweepId, row.Id);
            }
        }
    }
}
