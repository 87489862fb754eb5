namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>How the metric depends on one hyperparameter, whatever the others are. Pure.</summary>
/// <param name="Means">What the runs of each group came to; every group has runs. Values that are far out count as the fence.</param>
/// <param name="Points">The runs that are shown one by one: all, or a part of many.</param>
public sealed record MarginalEffect(AxisGroups Groups, IReadOnlyList<GroupStatistics> Means, IReadOnlyList<int> Points)
{
    /// <summary>More single points only make a chart slow.</summary>
    public const int MostPoints = 600;

    /// <summary>More values than this are put together for their mean.</summary>
    private const int MostGroups = 12;

    public static MarginalEffect Of(AnalysisData data, AnalysisAxis axis)
    {
        var groups = AxisGroups.Of(axis, MostGroups);
        GroupStatistics[] means = [.. GroupStatistics.Of(groups.Groups.Count, groups.GroupOf, [.. data.Values.Select(data.Range!.Fence)], data.Goal).OfType<GroupStatistics>()];
        return new MarginalEffect(groups, means, Thin(data.Count, means));
    }

    /// <summary>Every so-many-th run, and the best of each group.</summary>
    private static int[] Thin(int count, IEnumerable<GroupStatistics> means)
    {
        int step = (count + MostPoints - 1) / MostPoints;
        return step <= 1
            ? [.. Enumerable.Range(0, count)]
            : [.. Enumerable.Range(0, count).Where(run => run % step == 0).Union(means.Select(group => group.BestRun)).Order()];
    }
}
