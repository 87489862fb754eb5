namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>The marginal effect of one hyperparameter on the metric. Pure.</summary>
/// <param name="Means">The statistics of each group; none is empty. Values that are far out are clipped to the fence.</param>
/// <param name="Points">The runs drawn as points: all, or a subset of many.</param>
public sealed record MarginalEffect(AxisGroups Groups, IReadOnlyList<GroupStatistics> Means, IReadOnlyList<int> Points)
{
    /// <summary>More points only make the chart slow.</summary>
    public const int MostPoints = 600;

    /// <summary>More values than this are grouped for their means.</summary>
    private const int MostGroups = 12;

    public static MarginalEffect Of(AnalysisData data, AnalysisAxis axis)
    {
        var groups = AxisGroups.Of(axis, MostGroups);
        GroupStatistics[] means = [.. GroupStatistics.Of(groups.Groups.Count, groups.GroupOf, [.. data.Values.Select(data.Range!.Fence)], data.Goal).OfType<GroupStatistics>()];
        return new MarginalEffect(groups, means, Thin(data.Count, means));
    }

    /// <summary>Every n-th run, and the best of each group.</summary>
    private static int[] Thin(int count, IEnumerable<GroupStatistics> means)
    {
        int step = (count + MostPoints - 1) / MostPoints;
        return step <= 1
            ? [.. Enumerable.Range(0, count)]
            : [.. Enumerable.Range(0, count).Where(run => run % step == 0).Union(means.Select(group => group.BestRun)).Order()];
    }
}
