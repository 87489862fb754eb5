using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Components.Pages.Analysis;

namespace Experiments.Dashboard.Tests.Pages.Analysis;

public sealed class AxisGroupsTests
{
    [Fact]
    public void Of_FewValues_HasAGroupForEach()
    {
        var groups = AxisGroups.Of(AnalysisAxis.Of("model", AnalysisSamples.Values("a", "b", "a")), 5);

        Assert.Equal(["model = 'a'", "model = 'b'"], groups.Groups.Select(group => group.Condition));
        Assert.Equal([0, 1, 0], groups.GroupOf);
    }

    [Fact]
    public void Of_ManyNumbers_PutsNeighboursTogether()
    {
        var groups = AxisGroups.Of(AnalysisAxis.Of("seed", AnalysisSamples.Values([.. Enumerable.Range(0, 100).Select(number => (object)number)])), 4);

        Assert.Equal(["0 – 24", "25 – 49", "50 – 74", "75 – 99"], groups.Groups.Select(group => group.Label));
        Assert.Equal("seed >= 25 and seed <= 49", groups.Groups[1].Condition);
        Assert.Equal(25, groups.GroupOf.Count(group => group == 3));
    }

    [Fact]
    public void Of_ManyNames_KeepsTheMostFrequentApart()
    {
        object[] names = [.. Enumerable.Range(0, 10).SelectMany(name => Enumerable.Repeat((object)$"n{name}", name + 1))];

        var groups = AxisGroups.Of(AnalysisAxis.Of("model", AnalysisSamples.Values(names)), 3);

        Assert.Equal(["n8", "n9", "8 values"], groups.Groups.Select(group => group.Label));
        Assert.Equal(36, groups.GroupOf.Count(group => group == 2));
        Assert.StartsWith("model in ('n0', 'n1'", groups.Groups[2].Condition, StringComparison.Ordinal);
    }

    [Fact]
    public void Statistics_OfGroups_AreThoseOfTheSample()
    {
        IReadOnlyList<GroupStatistics?> groups = GroupStatistics.Of(3, [0, 0, 0, 2], [1, 2, 3, 7], Goal.Minimize);

        Assert.Equal(new GroupStatistics(3, 2, 1, 1, 0), groups[0]);
        Assert.Null(groups[1]);
        Assert.Equal(new GroupStatistics(1, 7, 0, 7, 3), groups[2]);
    }

    [Fact]
    public void Effect_ManyRuns_ShowsAPartOfThemAndTheBestOfEachValue()
    {
        AnalysisData data = AnalysisSamples.Of(AnalysisSamples.Columns(
            ("seed", [.. Enumerable.Range(0, 5000).Select(run => (object)(run % 2))]),
            (AnalysisSamples.Metric, [.. Enumerable.Range(0, 5000).Select(run => (object)(run == 4321 ? 0.99 : 0.5))])));

        var effect = MarginalEffect.Of(data, data.Axes[0]);

        Assert.InRange(effect.Points.Count, 500, MarginalEffect.MostPoints + 2);
        Assert.Contains(4321, effect.Points);
        Assert.Equal([2500, 2500], effect.Means.Select(group => group.Count));
    }
}
