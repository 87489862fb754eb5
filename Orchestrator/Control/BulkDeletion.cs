using Experiments.Contracts.Api;
using Experiments.Orchestrator.Runs.Deletion;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Control;

/// <summary>What deleting many runs in several transactions needs to come out as in one.</summary>
internal static class BulkDeletion
{
    /// <summary>The runs in an order in which each comes behind those that need it: where it is deleted, they are gone.</summary>
    public static async Task<IReadOnlyList<string>> OrderAsync(StateContext db, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        HashSet<string> asked = [.. ids];
        IReadOnlyList<RunDependent> dependents = await RunDependents.FindAsync(db, ids, cancellationToken);
        return Order(ids, [.. dependents.Where(one => asked.Contains(one.RunId)).Select(one => (one.RunId, one.NeededId)).Distinct()]);
    }

    /// <summary>Pure. Runs that need one another in a circle, which cannot be, come last.</summary>
    internal static IReadOnlyList<string> Order(IReadOnlyList<string> ids, IReadOnlyList<(string RunId, string NeededId)> needs)
    {
        ILookup<string, string> neededBy = needs.ToLookup(need => need.RunId, need => need.NeededId);
        Dictionary<string, int> waitsFor = needs.CountBy(need => need.NeededId).ToDictionary();
        var next = new Queue<string>(ids.Where(id => !waitsFor.ContainsKey(id)));
        var order = new List<string>(ids.Count);
        while (next.TryDequeue(out string? id))
        {
            order.Add(id);
            foreach (string needed in neededBy[id])
            {
                waitsFor[needed]--;
                if (waitsFor[needed] == 0)
                {
                    next.Enqueue(needed);
                }
            }
        }

        return order.Count == ids.Count ? order : [.. order, .. ids.Except(order)];
    }

    /// <summary>What would become of all of them together.</summary>
    public static async Task<DeletionCheck> ForeseeAsync(StateContext db, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        string[] wanted = [.. ids];
        List<Run> runs = await db.Runs
            .Where(run => EF.Parameter(wanted).Contains(run.Id))
            .Select(run => new Run
            {
                Id = run.Id,
                SweepId = run.SweepId,
                Cell = run.Cell,
                Key = run.Key,
                Status = run.Status,
                Epochs = run.Epochs,
                CreatedAt = run.CreatedAt,

                // Not asked for, and large.
                Config = "",
            })
            .ToListAsync(cancellationToken);
        return await DeletionCheck.OfAsync(db, runs, cancellationToken);
    }
}
