using Experiments.Contracts.Configuration;
using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps.Planning;

/// <summary>Checks that the teacher runs of a sweep have completed.</summary>
public sealed class TeacherCheck(IDbContextFactory<StateContext> contexts)
{
    /// <summary>The first problem; null when all teachers can be used.</summary>
    public async Task<string?> WhyUnusableAsync(IEnumerable<Hyperparameters> cells, CancellationToken cancellationToken)
    {
        await using StateContext db = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (string teacher in cells.Select(cell => cell.Teacher).Distinct())
        {
            if (RunReference.IdOf(teacher) is { } id && (await SourceRuns.FindAsync(db, id, cancellationToken)).Problem is { } problem)
            {
                return $"{problem}: \"{teacher}\"; allowed: none, or run:<id> of a completed run";
            }
        }

        return null;
    }
}
