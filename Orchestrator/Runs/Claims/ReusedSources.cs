using Experiments.Contracts.Configuration;
using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs.Claims;

/// <summary>Resolves references to other runs: the files of a run that took over a result are stored with the run that was trained.</summary>
internal static class ReusedSources
{
    /// <summary>The same hyperparameters, naming the runs that were trained.</summary>
    public static async Task<Hyperparameters> ResolveAsync(StateContext db, Hyperparameters hyperparameters, CancellationToken cancellationToken) =>
        hyperparameters with
        {
            Pretrained = await ResolveAsync(db, hyperparameters.Pretrained, cancellationToken),
            Teacher = await ResolveAsync(db, hyperparameters.Teacher, cancellationToken),
        };

    private static async Task<string> ResolveAsync(StateContext db, string reference, CancellationToken cancellationToken)
    {
        if (RunReference.IdOf(reference) is not { } id)
        {
            return reference;
        }

        string? source = await db.Runs.Where(run => run.Id == id).Select(run => run.ReusedFrom).FirstOrDefaultAsync(cancellationToken);
        return source is null ? reference : RunReference.Of(source);
    }
}
