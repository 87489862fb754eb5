using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Components.Charts.Figures;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>The analyzed runs: those with a value of the metric. Pure.</summary>
/// <param name="Values">Each run's best value of the metric.</param>
/// <param name="Axes">The hyperparameters that differ between these runs.</param>
/// <param name="Without">The number of runs without a value.</param>
public sealed record AnalysisData(
    string Metric, Goal Goal, IReadOnlyList<string> Ids, IReadOnlyList<int> Cells, IReadOnlyList<double> Values, IReadOnlyList<AnalysisAxis> Axes, int Without)
{
    public int Count => Ids.Count;

    /// <summary>The range of the colors; null without runs.</summary>
    public ObjectiveRange? Range { get; } = Values.Count == 0 ? null : ObjectiveRange.Of(Values, Goal);

    /// <param name="names">The candidate axes, in order.</param>
    public static AnalysisData Of(RunColumns runs, string metric, Goal goal, IReadOnlyList<string> names)
    {
        int[] measured = [.. runs.Columns[metric].Index().Where(value => value.Item.Number is not null).Select(value => value.Index)];
        AnalysisAxis[] axes =
        [
            .. names
                .Select(name => AnalysisAxis.Of(name, [.. measured.Select(run => runs.Columns[name][run])]))
                .Where(axis => axis.Levels.Count > 1),
        ];
        return new AnalysisData(
            metric,
            goal,
            [.. measured.Select(run => runs.Ids[run])],
            [.. measured.Select(run => runs.Cells[run])],
            [.. measured.Select(run => runs.Columns[metric][run].Number!.Value)],
            axes,
            runs.Ids.Count - measured.Length);
    }

    public AnalysisAxis? Find(string? name) => Axes.FirstOrDefault(axis => axis.Name == name);

    /// <summary>Runs, best first; equal ones by cell.</summary>
    public IEnumerable<int> BestFirst(IEnumerable<int> runs) =>
        (Goal == Goal.Maximize ? runs.OrderByDescending(run => Values[run]) : runs.OrderBy(run => Values[run])).ThenBy(run => Cells[run]);

    /// <summary>True if a redraw would change nothing, so that live reloads can skip it.</summary>
    public bool ShowsTheSameAs(AnalysisData other) =>
        Metric == other.Metric
        && Goal == other.Goal
        && Without == other.Without
        && Ids.SequenceEqual(other.Ids)
        && Values.SequenceEqual(other.Values)
        && Axes.Count == other.Axes.Count
        && Axes.Zip(other.Axes).All(pair =>
            pair.First.Name == pair.Second.Name && pair.First.Levels.SequenceEqual(pair.Second.Levels) && pair.First.LevelOf.SequenceEqual(pair.Second.LevelOf));
}
