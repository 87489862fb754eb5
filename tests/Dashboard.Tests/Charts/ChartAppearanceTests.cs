using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class ChartAppearanceTests
{
    [Fact]
    public void For_NoPoints_IsEmpty() => Assert.True(Of(0, _ => 0).IsEmpty);

    [Fact]
    public void For_FewPoints_DrawsMarkersAndEveryEpoch()
    {
        ChartAppearance look = Of(5, step => step);

        Assert.True(look is { Markers: true, UnitTicks: true, WebGl: false, IsEmpty: false, FlatAt: null });
    }

    [Fact]
    public void For_ManyPoints_DrawsWithWebGl() => Assert.True(Of(260_000, step => step) is { WebGl: true, Markers: false, UnitTicks: false });

    [Fact]
    public void For_OneValue_IsFlatThere() => Assert.Equal(0.01, Of(3, _ => 0.01).FlatAt);

    private static ChartAppearance Of(int points, Func<int, double> value)
    {
        var curve = new Curve();
        curve.Add(Enumerable.Range(1, points).Select(step => new SeriesPoint(step, value(step), Samples.Time)));
        return ChartAppearance.For("train/loss", "epoch", [new ChartLine("r1", "r1", RunPalette.Of(1), curve)], dark: false, logScale: false);
    }
}
