using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>Shared and differing hyperparameters of runs.</summary>
/// <param name="Differing">Keys with different values, in the catalog's order.</param>
/// <param name="Shared">The other keys, with their value.</param>
public sealed record ComparedRuns(IReadOnlyList<string> Differing, IReadOnlyList<(string Key, JsonElement Value)> Shared)
{
    public static ComparedRuns Of(IReadOnlyList<RunView> runs)
    {
        var keys = runs.SelectMany(run => run.Config.Keys).Distinct().OrderBy(Place).ThenBy(key => key, StringComparer.Ordinal).ToList();
        var differing = keys.Where(key => runs.Select(run => TextOf(run, key)).Distinct().Count() > 1).ToList();
        return new ComparedRuns(differing, [.. keys.Except(differing).Select(key => (key, runs[0].Config[key]))]);
    }

    private static string? TextOf(RunView run, string key) =>
        run.Config.TryGetValue(key, out JsonElement value) ? value.GetRawText() : null;

    /// <summary>Keys that are not in the catalog come last.</summary>
    private static int Place(string key) => HyperparameterCatalog.Names.TakeWhile(name => name != key).Count();
}
