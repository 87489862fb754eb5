using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps.Planning;

/// <summary>Looks whether the runs that are to teach others have come to their end.</summary>
public sealed class TeacherCheck(IDbContextFactory<StateContext> contexts)
{
    /// <summary>The first problem; null when all teachers can teach.</summary>
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
