using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Storage;

namespace Experiments.Orchestrator.Workers;

/// <summary>
/// Sets a worker aside on which one run after another crashes, before it has spoilt the whole grid. Different runs count,
/// not attempts: one run that cannot work must not cost a laptop its only worker. Lost attempts do not: a worker that is not heard of
/// takes nothing, and when it is back, whoever had stopped it has already mended it.
/// </summary>
public sealed class WorkerTrust(WorkerTable workers, ILogger<WorkerTrust> logger)
{
    /// <summary>So many different runs in a row.</summary>
    public const int MostCrashes = 3;

    /// <summary>Takes in how an attempt ended, in the same transaction.</summary>
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
        else if (ended.Failure?.Kind == FailureKind.Crash && !row.Crashes.Contains(ended.RunId))
        {
            row.Crashes = [.. row.Crashes, ended.RunId];
            SetAsideIfHopeless(unit, row, ended.Failure.Message);
        }
    }

    private void SetAsideIfHopeless(StateWrite unit, WorkerRow row, string message)
    {
        if (row.Crashes.Count < MostCrashes || row.SetAsideReason is not null)
        {
            return;
        }

        row.SetAsideReason = $"{MostCrashes} runs in a row failed here, the last with: {message}";
        unit.AfterCommit(() => workers.Change(row.Id, worker => worker with { SetAsideReason = row.SetAsideReason }));
        unit.WorkerChanged(row.Id);
        logger.LogWarning("Worker {WorkerId} set aside: {Reason}", row.Id, row.SetAsideReason);
    }
}
