using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Charts.Figures;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>
/// The coloring of compared runs: a style for each run while there are enough, else by objective or hyperparameter. Pure.
/// </summary>
/// <param name="Key">The key in the address: <see cref="ByRun"/>, <see cref="ByObjective"/>, or a hyperparameter.</param>
/// <param name="Styles">In the order of the runs.</param>
/// <param name="Legend">The meaning of the styles; empty if the table of runs is the legend.</param>
public sealed record RunColoring(string Key, IReadOnlyList<RunStyle> Styles, IReadOnlyList<(RunStyle Style, string Text)> Legend)
{
    public const string ByRun = "run";
    public const string ByObjective = "objective";

    private const string Missing = "no value";

    /// <summary>Nothing to color.</summary>
    public static RunColoring None { get; } = new(ByRun, [], []);

    /// <summary>The default choice.</summary>
    public static string Usual(int runs) => runs <= RunPalette.Styles ? ByRun : ByObjective;

    /// <param name="choice">Null or an unknown key for the default.</param>
    public static RunColoring Of(string? choice, IReadOnlyList<RunView> runs, ObjectiveSpec objective)
    {
        string key = choice is ByRun or ByObjective || (choice is not null && runs.Any(run => run.Config.ContainsKey(choice))) ? choice : Usual(runs.Count);
        return key switch
        {
            ByRun => new RunColoring(key, RunPalette.Distinct(runs.Select(run => run.Cell)), []),
            ByObjective => OfObjective(runs, objective),
            _ => OfHyperparameter(key, runs),
        };
    }

    private static RunColoring OfObjective(IReadOnlyList<RunView> runs, ObjectiveSpec objective)
    {
        double?[] values = [.. runs.Select(run => run.Summary.GetValueOrDefault(objective.Metric)?.Best is { } best && double.IsFinite(best) ? best : (double?)null)];
        double[] known = [.. values.OfType<double>()];
        if (known.Length == 0)
        {
            return new RunColoring(ByObjective, [.. runs.Select(_ => RunPalette.Unknown)], [(RunPalette.Unknown, Missing)]);
        }

        var range = ObjectiveRange.Of(known, objective.Goal);
        List<(RunStyle, string)> legend =
        [
            .. Enumerable.Range(0, RunPalette.Levels).Select(level => (
                RunPalette.OfLevel(level),
                level == 0 ? $"{(range.Clipped > 0 ? "up to " : "")}{Numbers.Metric(objective.Metric, range.Worst)}"
                : level == RunPalette.Levels - 1 ? $"{Numbers.Metric(objective.Metric, range.Best)} {objective.Metric}" : "")),
        ];
        return new RunColoring(
            ByObjective,
            [.. values.Select(value => value is { } own ? RunPalette.OfShare(range.Goodness(own)) : RunPalette.Unknown)],
            known.Length < runs.Count ? [.. legend, (RunPalette.Unknown, Missing)] : legend);
    }

    /// <summary>Numbers get the colors of a scale if it has enough; everything else the colors of runs.</summary>
    private static RunColoring OfHyperparameter(string key, IReadOnlyList<RunView> runs)
    {
        JsonElement?[] values = [.. runs.Select(run => run.Config.TryGetValue(key, out JsonElement value) ? value : (JsonElement?)null)];
        bool isOrdered = values.All(value => value is { ValueKind: JsonValueKind.Number });
        string[] texts = [.. values.Select(value => value is { } known ? RunText.Value(key, known) : Missing)];
        string[] distinct = isOrdered
            ? [.. values.Zip(texts).OrderBy(pair => pair.First!.Value.GetDouble()).Select(pair => pair.Second).Distinct()]
            : [.. texts.Distinct().Order(StringComparer.Ordinal)];
        var styles = distinct.Index().ToDictionary(value => value.Item, value => isOrdered && distinct.Length <= RunPalette.Levels
            ? RunPalette.OfShare(distinct.Length == 1 ? 1 : value.Index / (distinct.Length - 1.0))
            : RunPalette.Of(value.Index + 1));
        return new RunColoring(key, [.. texts.Select(text => styles[text])], [.. distinct.Select(text => (styles[text], text))]);
    }
}
