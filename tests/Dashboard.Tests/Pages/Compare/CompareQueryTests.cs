using Experiments.Dashboard.Components.Pages.Compare;

namespace Experiments.Dashboard.Tests.Pages.Compare;

public sealed class CompareQueryTests
{
    [Fact]
    public void Split_List_HasEachOnce() => Assert.Equal(["a", "b"], CompareQuery.Split("a,, b,a,"));

    [Fact]
    public void Metrics_None_AreTheUsualOnes() => Assert.Equal(["validation/accuracy", "validation/loss"], CompareQuery.Metrics(null));

    [Fact]
    public void Metrics_TooMany_AreCut() => Assert.Equal(CompareQuery.MostCharts, CompareQuery.Metrics("a,b,c,d,e,f,g").Count);

    [Fact]
    public void Toggle_BackToTheUsual_LeavesNothingInTheAddress()
    {
        string? more = CompareQuery.Toggle(CompareQuery.Metrics(null), "train/loss");

        Assert.Equal("validation/accuracy,validation/loss,train/loss", more);
        Assert.Null(CompareQuery.Toggle(CompareQuery.Metrics(more), "train/loss"));
    }

    [Theory]
    [InlineData(2, 1500)]
    [InlineData(50, 900)]
    [InlineData(200, 225)]
    [InlineData(0, 1500)]
    public void PointsPerCurve_MoreRuns_AreFewerPointsEach(int runs, int points) => Assert.Equal(points, CompareQuery.PointsPerCurve(runs));
}
