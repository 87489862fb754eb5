using System.Text.Json;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Deletion;

/// <summary>
/// Deletes runs and sweeps that have ended and that no other run needs. One transaction takes them out of the state and marks them; <see
/// cref="DeletedRunRemoval"/> then removes their data. So a crash leaves either everything or a mark.
/// </summary>
public sealed class RunDeletion(StateWriter writer, DeletedRunRemoval removal, TimeProvider time, ILogger<RunDeletion> logger)
{
    /// <exception cref="ApiException">There is no such run, it has not ended, or others need it.</exception>
    public Task DeleteRunAsync(string id, CancellationToken cancellationToken) => writer.WriteAsync(
        async unit =>
        {
            Run run = await unit.Db.Runs.FindAsync([id], unit.CancellationToken) ?? throw ApiException.NotFound("run", id);
            Require(await DeletionCheck.OfAsync(unit.Db, [run], unit.CancellationToken), [id]);
            await RemoveAsync(unit, [run]);
            await SweepStatusUpdater.RefreshAsync(unit, run.SweepId, time.GetUtcNow());
        },
        cancellationToken);

    /// <exception cref="ApiException">There is no such sweep, it has not ended, or runs of other sweeps need its runs.</exception>
    public Task DeleteSweepAsync(string id, CancellationToken cancellationToken) => writer.WriteAsync(
        async unit =>
        {
            Sweep sweep = await unit.Db.Sweeps.FindAsync([id], unit.CancellationToken) ?? throw ApiException.NotFound("sweep", id);
            if (SweepStatusUpdater.IsOpen(sweep.Status))
            {
                throw ApiException.Conflict(DeletionProblems.NotEnded(id, sweep.Status));
            }

            List<Run> runs = await unit.Db.Runs.AsNoTracking().Where(run => run.SweepId == id).ToListAsync(unit.CancellationToken);
            string[] ids = [.. runs.Select(run => run.Id)];
            Require(await DeletionCheck.OfAsync(unit.Db, runs, unit.CancellationToken), ids);
            await MarkAsync(unit, ids);
            await unit.Db.Sweeps.Where(one => one.Id == id).ExecuteDeleteAsync(unit.CancellationToken);
            unit.Db.ChangeTracker.Clear();
            unit.SweepDeleted(id);
            logger.LogInformation("Sweep {SweepId} \"{Name}\" deleted with {Runs} runs", id, sweep.Name, runs.Count);
        },
        cancellationToken);

    /// <summary>
    /// Deletes those runs that can be deleted, within the caller's transaction. The caller has to call <see cref="SweepStatusUpdater.RefreshAsync"/>
    /// before it commits.
    /// </summary>
    internal async Task<DeletionCheck> TryDeleteAsync(StateWrite unit, IReadOnlyCollection<Run> runs)
    {
        DeletionCheck check = await DeletionCheck.OfAsync(unit.Db, runs, unit.CancellationToken);
        await RemoveAsync(unit, [.. runs.Where(run => check.Deletable.Contains(run.Id))]);
        return check;
    }

    private static void Require(DeletionCheck check, string[] ids)
    {
        if (check.Obstacles.Count > 0)
        {
            throw ApiException.Conflict(check.Obstacles[ids.First(check.Obstacles.ContainsKey)]);
        }

        if (check.NeededBy.Count > 0)
        {
            throw ApiException.Needed(DeletionProblems.Needs([.. check.NeededBy.SelectMany(needed => needed)]));
        }
    }

    private async Task RemoveAsync(StateWrite unit, IReadOnlyList<Run> runs)
    {
        await MarkAsync(unit, [.. runs.Select(run => run.Id)]);
        foreach (Run run in runs)
        {
            unit.Db.Entry(run).State = EntityState.Detached;
            unit.RunDeleted(run.Id, run.SweepId);
            logger.LogInformation("Run {RunId} of sweep {SweepId} deleted", run.Id, run.SweepId);
        }
    }

    /// <summary>Attempts and decisions are deleted with their runs.</summary>
    private async Task MarkAsync(StateWrite unit, string[] ids)
    {
        string json = JsonSerializer.Serialize(ids);
        await unit.Db.Database.ExecuteSqlAsync(
            $"""
            INSERT OR REPLACE INTO DeletedRuns (RunId, SweepId, DeletedAt)
            SELECT Id, SweepId, {time.GetUtcNow().UtcTicks} FROM Runs WHERE Id IN (SELECT value FROM json_each({json}));
            DELETE FROM Attempts WHERE RunId IN (SELECT value FROM json_each({json}));
            DELETE FROM StoppingRecords WHERE RunId IN (SELECT value FROM json_each({json}));
            DELETE FROM Runs WHERE Id IN (SELECT value FROM json_each({json}))
            """,
            unit.CancellationToken);
        unit.AfterCommit(removal.Wake);
    }
}
