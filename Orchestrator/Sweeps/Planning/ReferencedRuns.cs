using Experiments.Contracts.Configuration;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps.Planning;

/// <summary>
/// Checks again, in the transaction that stores runs, that the runs they need still exist: one may have been deleted since the sweep was planned.
/// After that transaction it cannot be deleted.
/// </summary>
internal static class ReferencedRuns
{
    /// <exception cref="ApiException">One no longer exists.</exception>
    public static async Task RequireAsync(StateContext db, IEnumerable<PlannedRun> runs, CancellationToken cancellationToken)
    {
        HashSet<string> needed = [];
        foreach (PlannedRun run in runs)
        {
            needed.UnionWith(new[] { run.Reused?.SourceId, RunReference.IdOf(run.Hyperparameters.Pretrained), RunReference.IdOf(run.Hyperparameters.Teacher) }.OfType<string>());
        }

        foreach (string[] some in needed.Chunk(5000))
        {
            List<string> found = await db.Runs.Where(run => some.Contains(run.Id)).Select(run => run.Id).ToListAsync(cancellationToken);
            if (some.Except(found).FirstOrDefault() is { } missing)
            {
                throw ApiException.CannotRun(new Dictionary<string, string[]> { ["$"] = [$"run {missing}, which the sweep needs, has just been deleted; launch it again"] });
            }
        }
    }
}
