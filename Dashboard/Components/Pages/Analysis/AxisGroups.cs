using System.Globalization;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>A value of an axis, or several adjacent ones.</summary>
/// <param name="Condition">The filter that selects its runs.</param>
/// <param name="Position">Its position on the axis.</param>
public sealed record AxisGroup(string Label, string Condition, double Position);

/// <summary>Divides the runs of an axis into a limited number of groups. Pure.</summary>
/// <param name="GroupOf">The index of each run's group.</param>
public sealed record AxisGroups(AnalysisAxis Axis, IReadOnlyList<AxisGroup> Groups, IReadOnlyList<int> GroupOf)
{
    /// <summary>
    /// One group per value if the axis has at most <paramref name="most"/> values. Otherwise numbers are divided into <paramref name="most"/> ranges with about
    /// the same number of values each; of other values, the most frequent ones keep their own group and the rest share one.
    /// </summary>
    public static AxisGroups Of(AnalysisAxis axis, int most)
    {
        int[] groupOfLevel = axis.Levels.Count <= most
            ? [.. Enumerable.Range(0, axis.Levels.Count)]
            : !axis.IsOrdered ? RarestTogether(axis, most) : [.. Enumerable.Range(0, axis.Levels.Count).Select(level => (int)((long)level * most / axis.Levels.Count))];
        AxisGroup[] groups = [.. groupOfLevel.Index().GroupBy(level => level.Item).OrderBy(group => group.Key).Select(group => Group(axis, [.. group.Select(level => axis.Levels[level.Index])]))];
        return new AxisGroups(axis, groups, [.. axis.LevelOf.Select(level => groupOfLevel[level])]);
    }

    /// <summary>The filter text of a missing value, which <c>&gt;=</c> and <c>&lt;=</c> cannot compare.</summary>
    private const string Nothing = "auto";

    private static int[] RarestTogether(AnalysisAxis axis, int most)
    {
        int[] frequent = [.. axis.LevelOf.GroupBy(level => level).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Take(most - 1).Select(group => group.Key).Order()];
        return [.. Enumerable.Range(0, axis.Levels.Count).Select(level => Array.IndexOf(frequent, level) is var place and >= 0 ? place : most - 1)];
    }

    private static AxisGroup Group(AnalysisAxis axis, IReadOnlyList<AxisLevel> levels) => (levels.Count, !axis.IsOrdered || levels[0].FilterText == Nothing) switch
    {
        (1, _) => new AxisGroup(levels[0].Label, $"{axis.Name} = {levels[0].FilterText}", levels[0].Position),
        (_, true) => new AxisGroup(
            string.Create(CultureInfo.InvariantCulture, $"{levels.Count} values"), $"{axis.Name} in ({string.Join(", ", levels.Select(level => level.FilterText))})", levels[0].Position),
        _ => new AxisGroup(
            $"{levels[0].Label} – {levels[^1].Label}",
            $"{axis.Name} >= {levels[0].FilterText} and {axis.Name} <= {levels[^1].FilterText}",
            levels[levels.Count / 2].Position),
    };
}
