using System.Text.Json;
using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>The order of a table of compared runs.</summary>
public static class RunOrder
{
    /// <param name="sort">A hyperparameter or metric, with the prefix <c>-</c> for descending; null for the order of the address. Runs without a value come last.</param>
    public static IEnumerable<RunView> Of(IReadOnlyList<RunView> runs, string? sort)
    {
        if (string.IsNullOrEmpty(sort))
        {
            return runs;
        }

        string key = sort.TrimStart('-');
        IOrderedEnumerable<RunView> known = runs.OrderBy(run => NumberOf(run, key) is null && TextOf(run, key) is null);
        return sort == key
            ? known.ThenBy(run => NumberOf(run, key)).ThenBy(run => TextOf(run, key), StringComparer.Ordinal)
            : known.ThenByDescending(run => NumberOf(run, key)).ThenByDescending(run => TextOf(run, key), StringComparer.Ordinal);
    }

    private static double? NumberOf(RunView run, string key) =>
        key == "epoch" ? run.Epoch
        : key == "duration" ? run.TrainedSeconds
        : run.Summary.GetValueOrDefault(key) is { } summary ? summary.Best
        : run.Config.TryGetValue(key, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static string? TextOf(RunView run, string key) => key == "status"
        ? run.Status.ToString()
        : run.Config.TryGetValue(key, out JsonElement value) && value.ValueKind is not (JsonValueKind.Number or JsonValueKind.Null) ? value.ToString() : null;
}
