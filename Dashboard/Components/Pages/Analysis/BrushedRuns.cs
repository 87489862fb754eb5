using System.Globalization;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>The runs that a brush selects, and the condition that selects them elsewhere. Pure.</summary>
/// <param name="Runs">Indices into the data.</param>
/// <param name="Condition">Null when nothing is brushed.</param>
public sealed record BrushedRuns(IReadOnlyList<int> Runs, string? Condition)
{
    /// <summary>More values than this are written as a range.</summary>
    private const int MostNamed = 12;

    public static BrushedRuns Of(AnalysisData data, AnalysisBrush brush)
    {
        IEnumerable<int> runs = Enumerable.Range(0, data.Count);
        var conditions = new List<string>();
        foreach (AnalysisAxis axis in data.Axes.Where(axis => brush.Axes.ContainsKey(axis.Name)))
        {
            bool[] isIn = [.. axis.Levels.Select(level => brush.Contains(axis.Name, ValueOf(axis, level)))];
            runs = runs.Where(run => isIn[axis.LevelOf[run]]);
            conditions.Add(ConditionOf(axis, isIn, brush));
        }

        if (brush.Axes.ContainsKey(data.Metric))
        {
            runs = runs.Where(run => brush.Contains(data.Metric, data.Values[run]));
            conditions.Add(Between(data.Metric, brush));
        }

        return new BrushedRuns([.. runs], conditions.Count == 0 ? null : string.Join(" and ", conditions));
    }

    private static double ValueOf(AnalysisAxis axis, AxisLevel level) => AnalysisAxis.FromPosition(axis.Scale, level.Position);

    private static string ConditionOf(AnalysisAxis axis, bool[] isIn, AnalysisBrush brush)
    {
        string[] named = [.. axis.Levels.Zip(isIn).Where(level => level.Second).Select(level => level.First.FilterText)];
        return axis.IsCategory || named.Length is > 0 and <= MostNamed
            ? $"{axis.Name} in ({string.Join(", ", named.DefaultIfEmpty("''"))})"
            : Between(axis.Name, brush);
    }

    private static string Between(string name, AnalysisBrush brush)
    {
        string[] ranges = [.. brush.Axes[name].Select(range => string.Create(CultureInfo.InvariantCulture, $"{name} >= {range.Low:R} and {name} <= {range.High:R}"))];
        return ranges.Length == 1 ? ranges[0] : $"({string.Join(" or ", ranges.Select(range => $"({range})"))})";
    }
}
