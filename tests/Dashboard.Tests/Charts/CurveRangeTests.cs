using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class CurveRangeTests
{
    [Fact]
    public void Of_AlikeCurves_IsEverything() =>
        Assert.Null(CurveRange.Of([Curve(2.3, 0.4, 0.1), Curve(2.2, 0.6, 0.2), Curve(2.4, 1.2, 0.3)], isLog: false));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(23)]
    public void Of_OneRunAtSevenThousand_ShowsTheOthers(int others)
    {
        CurveRange range = CurveRange.Of([Curve(7000, 6800, 6900), .. Enumerable.Range(0, others).Select(_ => Curve(2.3, 0.4, 0.1))], isLog: false)!;

        Assert.Equal(1, range.Outside);
        Assert.InRange(range.Low, -0.3, 0.1);
        Assert.InRange(range.High, 2.3, 2.7);
    }

    [Fact]
    public void Of_SpikeWithinACurve_LeavesOutTheSpikeAlone()
    {
        CurveRange range = CurveRange.Of([Curve([.. Enumerable.Range(0, 100).Select(step => step == 50 ? 9000 : 2 - (step / 50.0))])], isLog: false)!;

        Assert.Equal(1, range.Outside);
        Assert.InRange(range.High, 1.9, 2.4);
    }

    [Fact]
    public void Of_FlatCurvesOfDifferentHeight_KeepsThem() =>
        Assert.Null(CurveRange.Of([Curve(1e6, 1e6), Curve(11e6, 11e6), Curve(40e6, 40e6)], isLog: false));

    [Fact]
    public void Of_LogarithmicAxis_IsInItsTermsAndLeavesOutWhatItCannotShow()
    {
        CurveRange range = CurveRange.Of([Curve(1e9, 1e9), Curve(0.1, 1), Curve(0.1, 1), Curve(0, -5)], isLog: true)!;

        Assert.InRange(range.Low, -1.2, -1);
        Assert.InRange(range.High, 0, 0.2);
    }

    [Fact]
    public void Of_NoPoints_IsEverything() => Assert.Null(CurveRange.Of([new Curve()], isLog: false));

    [Fact]
    public void Extent_AfterMorePoints_IsThatOfAll()
    {
        Curve curve = Curve(1, 2);
        Assert.Equal(2, curve.Extent(isLog: false)!.Max);

        curve.Add(new SeriesPoint(3, 5, default));

        Assert.Equal(5, curve.Extent(isLog: false)!.Max);
    }

    private static Curve Curve(params double[] values) => new(values.Select((value, place) => new SeriesPoint(place + 1, value, default)), 0);
}
