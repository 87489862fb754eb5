using Experiments.Contracts.Runs;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Twins;

/// <summary>Finds equal runs by their key, in an index.</summary>
internal static class TwinLookup
{
    private const int KeysPerQuery = 5000;

    /// <summary>All runs that equal <paramref name="run"/> and have neither failed nor been cancelled.</summary>
    public static Task<List<Twin>> OfAsync(StateContext db, Run run, CancellationToken cancellationToken) => Select(
            db, db.Runs.Where(twin => twin.Key == run.Key && twin.Id != run.Id && twin.Status != RunStatus.Failed && twin.Status != RunStatus.Cancelled))
        .ToListAsync(cancellationToken);

    /// <summary>The runs with these keys that have not ended, by key.</summary>
    public static async Task<ILookup<string, Twin>> UnfinishedAsync(StateContext db, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var found = new List<Twin>();
        foreach (string[] some in keys.Chunk(KeysPerQuery))
        {
            found.AddRange(await Select(db, db.Runs.Where(run =>
                    some.Contains(run.Key)
                    && (run.Status == RunStatus.Pending || run.Status == RunStatus.Queued || run.Status == RunStatus.Running)))
                .ToListAsync(cancellationToken));
        }

        return found.ToLookup(twin => twin.Key);
    }

    /// <summary>One completed run of each of these keys that there is one of.</summary>
    public static async Task<Dictionary<string, Run>> CompletedAsync(StateContext db, IEnumerable<string> keys, CancellationToken cancellationToken)
    {
        var byKey = new Dictionary<string, Run>();
        foreach (string[] some in keys.Chunk(KeysPerQuery))
        {
            IQueryable<Run> found = db.Runs.AsNoTracking().Where(run => run.Status == RunStatus.Completed && some.Contains(run.Key));
            await foreach (Run run in found.AsAsyncEnumerable().WithCancellation(cancellationToken))
            {
                byKey.TryAdd(run.Key, run);
            }
        }

        return byKey;
    }

    private static IQueryable<Twin> Select(StateContext db, IQueryable<Run> runs) =>
        from run in runs
        join sweep in db.Sweeps on run.SweepId equals sweep.Id
        orderby run.CreatedAt, run.Id
        select new Twin(run.Id, run.Key, run.SweepId, run.Status, run.Attempt, run.WaitsFor, sweep.Reuse, sweep.Priority, sweep.Status);
}
