using Experiments.Contracts.Api;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.State.Entities;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Deletion;

/// <summary>Which of some runs can be deleted together, and what keeps the others.</summary>
/// <param name="Deletable">Their ids.</param>
/// <param name="Obstacles">Why a run cannot be deleted now, whether or not another run needs it; by its id.</param>
/// <param name="NeededBy">What needs a run and stays; by the needed run's id.</param>
internal sealed record DeletionCheck(
    IReadOnlySet<string> Deletable, IReadOnlyDictionary<string, string> Obstacles, ILookup<string, RunDependent> NeededBy)
{
    public string? WhyNot(string runId) => Obstacles.GetValueOrDefault(runId) ?? (DeletionProblems.Needs([.. NeededBy[runId]]) is [{ } need, ..] ? need : null);

    /// <summary>To be asked in the transaction that deletes: what holds there cannot change meanwhile.</summary>
    public static async Task<DeletionCheck> OfAsync(StateContext db, IReadOnlyCollection<Run> runs, CancellationToken cancellationToken)
    {
        string[] ids = [.. runs.Select(run => run.Id)];
        List<Attempt> open = await db.Attempts.AsNoTracking()
            .Where(attempt => attempt.EndedAt == null && EF.Parameter(ids).Contains(attempt.RunId))
            .ToListAsync(cancellationToken);
        Dictionary<string, string> obstacles = open.ToDictionary(
            attempt => attempt.RunId, attempt => DeletionProblems.NotStopped(attempt, runs.First(run => run.Id == attempt.RunId).Cell));
        foreach (Run run in runs.Where(run => !RunTransitions.HasEnded(run.Status)))
        {
            obstacles[run.Id] = DeletionProblems.NotEnded(run.Cell, run.Status);
        }

        return Decide(ids, obstacles, await RunDependents.FindAsync(db, ids, cancellationToken));
    }

    /// <summary>A run that stays keeps those that it needs, and these keep others. Pure.</summary>
    internal static DeletionCheck Decide(IEnumerable<string> ids, IReadOnlyDictionary<string, string> obstacles, IReadOnlyList<RunDependent> dependents)
    {
        ILookup<string, string> needing = dependents.ToLookup(one => one.NeededId, one => one.RunId);
        HashSet<string> deletable = [.. ids.Where(id => !obstacles.ContainsKey(id))];
        string[] kept;
        do
        {
            kept = [.. deletable.Where(id => needing[id].Any(other => !deletable.Contains(other)))];
            deletable.ExceptWith(kept);
        }
        while (kept.Length > 0);

        return new DeletionCheck(deletable, obstacles, dependents.Where(one => !deletable.Contains(one.RunId)).ToLookup(one => one.NeededId));
    }
}
