using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps.Planning;

/// <summary>
/// Looks once more, in the transaction that stores runs, whether the runs that they need are still there: one may have been deleted since the sweep was
/// planned. From then on it cannot be.
/// </summary>
internal static class ReferencedRuns
{
    /// <exception cref="ApiException">One is not there any more.</exception>
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
