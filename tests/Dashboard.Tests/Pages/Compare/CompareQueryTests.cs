using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Pages.Compare;

namespace Experiments.Dashboard.Tests.Pages.Compare;

public sealed class CompareQueryTests
{
    [Fact]
    public void Split_List_HasEachOnce() => Assert.Equal(["a", "b"], CompareQuery.Split("a,, b,a,"));

    [Theory]
    [InlineData(null, null, "validation/accuracy,validation/loss")]
    [InlineData(null, "train/loss", "train/loss")]
    [InlineData("train/loss~o", "train/accuracy", "train/loss~o")]
    public void Panels_OfTheAddress_AreTheNewestOfWhatItNames(string? panels, string? metrics, string expected) =>
        Assert.Equal(expected, CompareQuery.Panels(panels, metrics, logX: false, logY: false).ToText());

    [Fact]
    public void Panels_AddressOfOneLogForAll_HaveItEach() =>
        Assert.Equal("a~xy,b~xy", CompareQuery.Panels(null, "a,b", logX: true, logY: true).ToText());

    [Fact]
    public void ToText_BackToTheUsual_LeavesNothingInTheAddress()
    {
        PanelList more = CompareQuery.Panels(null, null, false, false).Toggle("train/loss");

        Assert.Equal("validation/accuracy,validation/loss,train/loss", CompareQuery.ToText(more));
        Assert.Null(CompareQuery.ToText(more.Toggle("train/loss")));
    }

    [Theory]
    [InlineData(2, 1500)]
    [InlineData(50, 900)]
    [InlineData(200, 225)]
    [InlineData(0, 1500)]
    public void PointsPerCurve_MoreRuns_AreFewerPointsEach(int runs, int points) => Assert.Equal(points, CompareQuery.PointsPerCurve(runs));
}
