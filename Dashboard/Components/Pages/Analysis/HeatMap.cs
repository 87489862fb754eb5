using Experiments.Dashboard.Components.Charts.Figures;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>The value that a heat map's color shows.</summary>
public enum HeatMapValue
{
    Mean,
    Best,
}

/// <summary>A combination of values with at least one run.</summary>
public sealed record HeatMapCell(AxisGroup X, AxisGroup Y, GroupStatistics Runs);

/// <summary>The results for each combination of two hyperparameters. Pure.</summary>
/// <param name="Rows">A row for each value of <paramref name="Y"/>, a cell for each value of <paramref name="X"/>; null for combinations without runs.</param>
/// <param name="Range">The range of values that colors distinguish.</param>
public sealed record HeatMap(
    AnalysisData Data, AxisGroups X, AxisGroups Y, HeatMapValue Shown, IReadOnlyList<IReadOnlyList<HeatMapCell?>> Rows, ObjectiveRange Range)
{
    /// <summary>More values than this are grouped.</summary>
    private const int MostGroups = 24;

    /// <summary>Drawn values differ in nearly every run: they are grouped into at least this number of ranges.</summary>
    private const int LeastGroups = 6;

    /// <param name="data">At least one run.</param>
    public static HeatMap Of(AnalysisData data, AnalysisAxis x, AnalysisAxis y, HeatMapValue shown)
    {
        var columns = AxisGroups.Of(x, MostGroupsOf(data, x));
        var lines = AxisGroups.Of(y, MostGroupsOf(data, y));
        int width = columns.Groups.Count;
        IReadOnlyList<GroupStatistics?> cells = GroupStatistics.Of(
            width * lines.Groups.Count, columns.GroupOf.Zip(lines.GroupOf, (column, line) => (line * width) + column), data.Values, data.Goal);
        HeatMapCell?[][] rows =
        [
            .. cells.Chunk(width).Index().Select(row => row.Item.Index()
                .Select(cell => cell.Item is { } runs ? new HeatMapCell(columns.Groups[cell.Index], lines.Groups[row.Index], runs) : null)
                .ToArray()),
        ];
        double[] values = [.. rows.SelectMany(row => row).OfType<HeatMapCell>().Select(cell => ValueOf(cell, shown))];
        return new HeatMap(data, columns, lines, shown, rows, ObjectiveRange.Of(values, data.Goal));
    }

    public double Goodness(HeatMapCell cell) => Range.Goodness(ValueOf(cell, Shown));

    public string Text(HeatMapCell cell) => AnalysisText.Value(Data.Metric, ValueOf(cell, Shown));

    public string Condition(HeatMapCell cell) => $"{cell.X.Condition} and {cell.Y.Condition}";

    /// <summary>The text on hover over a cell.</summary>
    public string Describe(HeatMapCell? cell) => cell is null
        ? ""
        : $"{X.Axis.Label}: <b>{cell.X.Label}</b><br>{Y.Axis.Label}: <b>{cell.Y.Label}</b><br>"
            + $"mean <b>{AnalysisText.Value(Data.Metric, cell.Runs.Mean)}</b>{(cell.Runs.Count > 1 ? $" ± {Numbers.Significant(cell.Runs.Deviation)}" : "")}<br>"
            + $"best <b>{AnalysisText.Value(Data.Metric, cell.Runs.Best)}</b> (#{Data.Cells[cell.Runs.BestRun]})<br>{AnalysisText.Runs(cell.Runs.Count)}";

    /// <summary>Where most values occur in one run only, finer groups would leave most of the map empty.</summary>
    private static int MostGroupsOf(AnalysisData data, AnalysisAxis axis) =>
        2 * axis.Levels.Count > data.Count ? Math.Clamp((int)Math.Sqrt(data.Count), LeastGroups, MostGroups) : MostGroups;

    private static double ValueOf(HeatMapCell cell, HeatMapValue shown) => shown == HeatMapValue.Mean ? cell.Runs.Mean : cell.Runs.Best;
}
