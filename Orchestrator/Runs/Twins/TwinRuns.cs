using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Artifacts.Retention;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Twins;

/// <summary>
/// Trains equal runs of several sweeps only once. Of equal runs that wait for a worker, the first that gets one is trained, and the others wait for
/// that run (<see cref="Run.WaitsFor"/>). They take over its result, or are trained themselves if it has none. All changes are part of the
/// transaction that causes them, so no restart can separate them. Runs of a sweep with <c>reuse: false</c> never wait, but other runs may wait for
/// them.
/// </summary>
public sealed class TwinRuns(TicketQueue tickets, ArtifactRetention retention, TimeProvider time, ILogger<TwinRuns> logger)
{
    /// <summary>
    /// Call it when a run is about to be trained, or waits for that again: the run takes over the result of an equal one, or starts to wait for it.
    /// </summary>
    /// <returns>True if it did: the run must not be given to a worker now.</returns>
    internal async Task<bool> TrySettleAsync(StateWrite unit, Run run, Sweep sweep) =>
        sweep.Reuse && await TrySettleAsync(unit, run, sweep, await TwinLookup.OfAsync(unit.Db, run, unit.CancellationToken));

    /// <inheritdoc cref="TrySettleAsync(StateWrite, Run, Sweep)"/>
    /// <param name="twins">All runs equal to it.</param>
    internal async Task<bool> TrySettleAsync(StateWrite unit, Run run, Sweep sweep, IReadOnlyList<Twin> twins)
    {
        if (!sweep.Reuse)
        {
            return false;
        }

        if (twins.FirstOrDefault(twin => twin.Status == RunStatus.Completed) is { } completed)
        {
            Run source = (await unit.Db.Runs.FindAsync([completed.Id], unit.CancellationToken))!;
            await TakeOverAsync(unit, run, source);
            await CompleteWaitingAsync(unit, run);
            return true;
        }

        if (twins.FirstOrDefault(twin => twin.IsWorthWaitingFor(sweep.Priority)) is not { } leader)
        {
            return false;
        }

        await HoldBackAsync(unit, run, leader.Id);
        return true;
    }

    /// <summary>Like <see cref="TrySettleAsync(StateWrite, Run, Sweep)"/>, for those runs of a sweep with one of these keys that wait for a worker.</summary>
    internal async Task SettleAsync(StateWrite unit, Sweep sweep, IReadOnlyList<string> keys)
    {
        if (!sweep.Reuse)
        {
            return;
        }

        Dictionary<string, Run> completed = await TwinLookup.CompletedAsync(unit.Db, keys, unit.CancellationToken);
        ILookup<string, Twin> unfinished = await TwinLookup.UnfinishedAsync(unit.Db, keys, unit.CancellationToken);
        foreach (string key in keys.Where(key =>
            completed.ContainsKey(key) || unfinished[key].Any(twin => twin.SweepId != sweep.Id && twin.IsWorthWaitingFor(sweep.Priority))))
        {
            if (await unit.Db.Runs.FirstOrDefaultAsync(
                run => run.SweepId == sweep.Id && run.Key == key && run.Status == RunStatus.Queued, unit.CancellationToken) is { } run)
            {
                await TrySettleAsync(unit, run, sweep);
            }
        }
    }

    /// <summary>A worker got <paramref name="run"/>: equal runs that wait for a worker wait for this run from now on.</summary>
    internal async Task HoldBackOthersAsync(StateWrite unit, Run run, IReadOnlyList<Twin> twins)
    {
        foreach (Twin twin in twins.Where(twin => twin.CanBeHeldBack))
        {
            await HoldBackAsync(unit, (await unit.Db.Runs.FindAsync([twin.Id], unit.CancellationToken))!, run.Id);
        }
    }

    /// <summary>The run has completed, and with it the runs that wait for it.</summary>
    internal async Task CompleteWaitingAsync(StateWrite unit, Run run)
    {
        foreach (Run waiting in await WaitingForAsync(unit, run.Id))
        {
            if (waiting.WaitsForEpoch is not null)
            {
                // The run ended before the epoch that they share.
                Release(unit, waiting);
            }
            else if (waiting.Key == run.Key && waiting.State.After(RunCause.TakenOver) is not null)
            {
                await TakeOverAsync(unit, waiting, run);
            }
            else
            {
                await LetGoAsync(unit, waiting, run);
            }
        }
    }

    /// <summary>A report of the run arrived. If it arrived after the run's end, the runs that took over the result are updated too.</summary>
    internal static async Task PassOnAsync(StateWrite unit, Run run)
    {
        if (run.Status != RunStatus.Completed)
        {
            return;
        }

        foreach (Run other in await unit.Db.Runs.Where(other => other.ReusedFrom == run.Id).ToListAsync(unit.CancellationToken))
        {
            (other.Epoch, other.Summary, other.BestObjective) = (run.Epoch, run.Summary, run.BestObjective);
            unit.RunChanged(other.Id, other.SweepId);
        }
    }

    /// <summary>
    /// An attempt of the run ended and the run waits for another one. Runs of sweeps with higher priority stop waiting for it, and all do when its
    /// sweep is paused.
    /// </summary>
    internal async Task ReleaseAfterAttemptAsync(StateWrite unit, Run run)
    {
        List<Run> waiting = await WaitingForAsync(unit, run.Id);
        if (waiting.Count == 0)
        {
            return;
        }

        Sweep sweep = (await unit.Db.Sweeps.FindAsync([run.SweepId], unit.CancellationToken))!;
        foreach (Run other in waiting)
        {
            Sweep its = (await unit.Db.Sweeps.FindAsync([other.SweepId], unit.CancellationToken))!;
            if (sweep.Status != SweepStatus.Running || its.Priority > sweep.Priority)
            {
                Release(unit, other);
            }
        }
    }

    /// <summary>The run will have no result: the runs that wait for it are trained themselves.</summary>
    internal async Task ReleaseWaitingAsync(StateWrite unit, string runId) =>
        (await WaitingForAsync(unit, runId)).ForEach(waiting => Release(unit, waiting));

    /// <summary>Like <see cref="ReleaseWaitingAsync"/>, for all runs of a sweep with these statuses.</summary>
    internal async Task ReleaseWaitingOfSweepAsync(StateWrite unit, string sweepId, params RunStatus[] statuses)
    {
        await unit.Db.SaveChangesAsync(unit.CancellationToken);
        List<Run> waiting = await (
                from other in unit.Db.Runs
                where other.WaitsFor != null
                join run in unit.Db.Runs on other.WaitsFor equals run.Id
                where run.SweepId == sweepId && statuses.Contains(run.Status)
                select other)
            .ToListAsync(unit.CancellationToken);
        waiting.ForEach(other => Release(unit, other));
    }

    private static async Task<List<Run>> WaitingForAsync(StateWrite unit, string runId)
    {
        // Which runs wait is read from the database, so pending changes have to be saved.
        await unit.Db.SaveChangesAsync(unit.CancellationToken);
        return await unit.Db.Runs.Where(run => run.WaitsFor == runId).OrderBy(run => run.CreatedAt).ThenBy(run => run.Id).ToListAsync(unit.CancellationToken);
    }

    private async Task HoldBackAsync(StateWrite unit, Run run, string leaderId)
    {
        run.State = run.State.After(RunCause.HeldBack) ?? run.State;
        run.WaitsFor = leaderId;
        unit.RunChanged(run.Id, run.SweepId);
        foreach (Run waiting in await WaitingForAsync(unit, run.Id))
        {
            if (waiting.WaitsForEpoch is not null)
            {
                Release(unit, waiting);
                continue;
            }

            waiting.WaitsFor = leaderId;
            unit.RunChanged(waiting.Id, waiting.SweepId);
        }

        logger.LogInformation("Run {RunId} of sweep {SweepId} waits for the equal run {TwinId}", run.Id, run.SweepId, leaderId);
    }

    private async Task TakeOverAsync(StateWrite unit, Run run, Run source)
    {
        run.State = run.State.After(RunCause.TakenOver) ?? throw new InvalidOperationException($"run {run.Id} is {run.Status} and cannot take over a result");
        DateTimeOffset now = time.GetUtcNow();
        (run.WaitsFor, run.WaitsForEpoch, run.FinishedAt) = (null, null, now);
        (run.FailureKind, run.FailureMessage) = (null, null);
        (run.ReusedFrom, run.Epoch, run.Summary, run.BestObjective) = (source.SourceId, source.Epoch, source.Summary, source.BestObjective);
        (run.Artifacts, run.ArtifactsAttempt) = (source.Artifacts, source.ArtifactsAttempt);
        unit.RunChanged(run.Id, run.SweepId);
        unit.AfterCommit(() => retention.Consider(run.Id));
        await SweepStatusUpdater.RefreshAsync(unit, run.SweepId, now);
        logger.LogInformation("Run {RunId} of sweep {SweepId} took over the result of run {SourceId}", run.Id, run.SweepId, run.ReusedFrom);
    }

    /// <summary>Releases a waiting run. An inconsistent row, which this program never writes, must not keep the awaited run from ending.</summary>
    private async Task LetGoAsync(StateWrite unit, Run waiting, Run run)
    {
        logger.LogError(
            "Run {RunId} of sweep {SweepId} is {Status} and is recorded as waiting for run {TwinId}, whose result it cannot take over: it is trained on its own",
            waiting.Id, waiting.SweepId, waiting.Status, run.Id);
        Release(unit, waiting);
        await SweepStatusUpdater.RefreshAsync(unit, waiting.SweepId, time.GetUtcNow());
    }

    private void Release(StateWrite unit, Run run)
    {
        logger.LogInformation("Run {RunId} of sweep {SweepId} no longer waits for run {TwinId}", run.Id, run.SweepId, run.WaitsFor);
        (run.WaitsFor, run.WaitsForEpoch) = (null, null);
        unit.RunChanged(run.Id, run.SweepId);
        unit.AfterCommit(tickets.Wanted);
    }
}
