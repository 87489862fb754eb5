using System.Runtime.InteropServices;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class CurvePointsTests
{
    [Fact]
    public void Of_Updates_HoldsXsThenYsOfEachLine()
    {
        ChartLine[] lines = [Line("a", 1, 2, 3), Line("b", 7)];

        CurvePoints points = CurvePoints.Of(
            lines, [new LineUpdate(0, 1), new LineUpdate(1, 0)], ChartAppearance.For("validation/loss", "epoch", lines, dark: false, logScale: false));

        Assert.Equal([new("a", Append: true, 2, SameX: false), new("b", Append: false, 1, SameX: false)], points.Lines);
        Assert.Equal([2, 3, 0.2, 0.3, 7, 0.7], MemoryMarshal.Cast<byte, double>(points.Bytes).ToArray());
    }

    [Fact]
    public void Of_LinesOfTheSameSteps_SendsStepsOnce()
    {
        ChartLine[] lines = [Line("a", 1, 2), Line("b", 1, 2), Line("c", 1, 3)];

        CurvePoints points = CurvePoints.Of(
            lines, [new LineUpdate(0, 0), new LineUpdate(1, 0), new LineUpdate(2, 0)], ChartAppearance.For("validation/loss", "epoch", lines, dark: false, logScale: false));

        Assert.Equal([false, true, false], points.Lines.Select(line => line.SameX));
        Assert.Equal([1, 2, 0.1, 0.2, 0.1, 0.2, 1, 3, 0.1, 0.3], MemoryMarshal.Cast<byte, double>(points.Bytes).ToArray());
    }

    [Fact]
    public void Of_TimeAxis_CountsInItsUnit()
    {
        ChartLine[] lines = [Line("a", 0, 3600)];

        CurvePoints points = CurvePoints.Of(
            lines, [new LineUpdate(0, 0)], ChartAppearance.For("validation/loss", "epoch", lines, dark: false, logScale: false, new CurveView(X: CurveX.Time)));

        Assert.Equal([0, 60], MemoryMarshal.Cast<byte, double>(points.Bytes).ToArray()[..2]);
    }

    [Fact]
    public void Of_Bytes_CountsInTheUnitInWhichSizesAreWritten()
    {
        var curve = new Curve();
        curve.Add([new SeriesPoint(1, 512 * 1024, default), new SeriesPoint(2, 3 * 1024 * 1024, default)]);
        ChartLine[] lines = [new("a", "a", RunPalette.Of(1), curve)];

        CurvePoints points = CurvePoints.Of(
            lines, [new LineUpdate(0, 0)], ChartAppearance.For("system/deviceMemoryBytes", "epoch", lines, dark: false, logScale: false));

        Assert.Equal([1, 2, 0.5, 3], Numbers(points));
    }

    [Fact]
    public void Of_Smoothed_IncludesTheMeasuredValues()
    {
        ChartLine[] lines = [Line("a", 1, 2, 3)];

        CurvePoints points = CurvePoints.Of(lines, [new LineUpdate(0, 0)], Smoothed(lines));

        double[] numbers = MemoryMarshal.Cast<byte, double>(points.Bytes).ToArray();
        Assert.Equal(new("a", Append: false, 3, SameX: false, WithMeasured: true), Assert.Single(points.Lines));
        Assert.Equal([1, 2, 3], numbers[..3]);
        Assert.Equal([0.1, 0.2, 0.3], numbers[6..]);
        Assert.InRange(numbers[5], 0.2, 0.29);
    }

    /// <summary>A newly opened page shows the same as one that was open all the time.</summary>
    [Fact]
    public void Of_LivePoints_AreSmoothedAsStoredOnesAre()
    {
        ChartLine[] lines = [Line("a", 1, 5, 2, 9, 4)];
        double[] opened = Numbers(CurvePoints.Of(lines, [new LineUpdate(0, 0)], Smoothed(lines)));

        double[] live = Numbers(CurvePoints.Of(lines, [new LineUpdate(0, 3)], Smoothed(lines)));

        Assert.Equal([.. opened[3..5], .. opened[8..10], .. opened[13..15]], live);
    }

    private static double[] Numbers(CurvePoints points) => MemoryMarshal.Cast<byte, double>(points.Bytes).ToArray();

    private static ChartAppearance Smoothed(ChartLine[] lines) =>
        ChartAppearance.For("validation/loss", "epoch", lines, dark: false, logScale: false, new CurveView(Smoothing: 0.5, X: CurveX.Step));

    private static ChartLine Line(string key, params int[] steps)
    {
        var curve = new Curve();
        curve.Add(steps.Select(step => new SeriesPoint(step, step / 10.0, Samples.Time.AddSeconds(step))));
        return new ChartLine(key, key, RunPalette.Of(1), curve);
    }
}
