using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.State;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Sweeps.Planning;

/// <summary>Looks whether runs have left the weights that others are to begin with or to learn from.</summary>
internal static class SourceRuns
{
    /// <returns>The model of the run; or why there are no weights of it.</returns>
    public static async Task<(string? Model, string? Problem)> FindAsync(StateContext db, string id, CancellationToken cancellationToken)
    {
        var run = await db.Runs.Where(run => run.Id == id)
            .Select(run => new { run.Status, run.Config, run.Artifacts })
            .FirstOrDefaultAsync(cancellationToken);
        return run is null ? (null, "no run of that id")
            : run.Status != RunStatus.Completed ? (null, $"that run is {EnumText.Of(run.Status)}, and only completed ones have their best weights")
            : !HasBestWeights(run.Artifacts) ? (null, $"that run left no {ArtifactNames.BestWeights}")
            : (ModelOf(run.Config), null);
    }

    private static bool HasBestWeights(string artifacts) =>
        JsonSerializer.Deserialize<Artifact[]>(artifacts, ContractJson.Options)!.Any(artifact => artifact.Name == ArtifactNames.BestWeights);

    /// <returns>Null where the configuration does not say, as a text of another version: the worker finds out.</returns>
    private static string? ModelOf(string config)
    {
        try
        {
            return RunConfig.FromJson(config).Hyperparameters.Model;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
