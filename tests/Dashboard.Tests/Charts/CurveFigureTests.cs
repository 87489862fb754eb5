using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class CurveFigureTests
{
    [Fact]
    public void Of_PlainLine_SaysValueEpochAndName() =>
        Assert.Equal(
            $"<span style=\"color:{RunPalette.Light[0]}\"><b>%{{fullData.name}}</b></span><br><b>%{{y:.4~g}}</b> at epoch %{{x:,d}}<extra></extra>",
            Hover(CurveView.Plain, details: null));

    [Fact]
    public void Of_SmoothedLine_SaysWhatWasMeasuredToo() =>
        Assert.Contains("smoothed, %{customdata:.4~g} measured<br>at epoch", Hover(new CurveView(Smoothing: 0.5), details: null), StringComparison.Ordinal);

    [Fact]
    public void Of_LineWithDetails_SaysThemBelow() =>
        Assert.EndsWith("seconds<br>Seed: <b>7</b><extra></extra>", Hover(new CurveView(X: CurveX.Time), "Seed: <b>7</b>"), StringComparison.Ordinal);

    [Fact]
    public void Of_Band_IsFilledAndSaysNothing()
    {
        ChartLine low = new("g-low", "", RunPalette.Of(1), new Curve([new SeriesPoint(1, 0.4, default)], 1)) { Part = LinePart.BandLow };
        ChartLine[] lines = [low, low with { Key = "g-high", Part = LinePart.BandHigh }];

        JsonElement traces = Figure(lines, ChartAppearance.For("validation/loss", "epoch", lines, dark: false, logScale: false)).GetProperty("traces");

        Assert.False(traces[0].TryGetProperty("fill", out _));
        Assert.Equal(("tonexty", "skip"), (traces[1].GetProperty("fill").GetString(), traces[1].GetProperty("hoverinfo").GetString()));
        Assert.StartsWith(RunPalette.Light[0], traces[1].GetProperty("fillcolor").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "2e")]
    [InlineData(8, "2e")]
    [InlineData(16, "17")]
    [InlineData(50, "0a")]
    public void Of_ManyBands_AreFainter(int groups, string opacity)
    {
        ChartLine[] lines = [.. Enumerable.Range(1, groups).Select(group => new ChartLine(
            $"g{group}-high", "", RunPalette.Of(1), new Curve([new SeriesPoint(1, 0.4, default)], 1)) { Part = LinePart.BandHigh })];

        JsonElement traces = Figure(lines, ChartAppearance.For("validation/loss", "epoch", lines, dark: false, logScale: false)).GetProperty("traces");

        Assert.Equal(RunPalette.Light[0] + opacity, traces[0].GetProperty("fillcolor").GetString());
    }

    [Fact]
    public void Of_OutliersIgnored_ShowsTheRestAndTellsHowManyReachBeyond()
    {
        ChartLine[] lines = [.. ((double[])[2.3, 2.2, 7000]).Select((top, place) => new ChartLine(
            $"r{place}", "", RunPalette.Of(1), new Curve([new SeriesPoint(1, top, default), new SeriesPoint(2, 0.2, default)], 1)))];
        var look = ChartAppearance.For("validation/loss", "epoch", lines, dark: false, logScale: false, ignoresOutliers: true);

        double[] range = [.. Figure(lines, look).GetProperty("layout").GetProperty("yaxis").GetProperty("range").EnumerateArray().Select(end => end.GetDouble())];

        Assert.Equal(1, look.Range!.Outside);
        Assert.InRange(range[0], 0, 0.2);
        Assert.InRange(range[1], 2.3, 2.7);
    }

    [Theory]
    [InlineData(false, 1.0, 3.0)]
    [InlineData(true, 0.30102999566398, 0.30102999566398)]
    public void Of_Bytes_NamesTheUnitAndKeepsTheRangeInIt(bool isLog, double low, double high)
    {
        ChartLine[] lines = [new("r1", "", RunPalette.Of(1), new Curve([new SeriesPoint(1, 2L << 30, default)], 1))];
        ChartAppearance look = ChartAppearance.For("system/deviceMemoryBytes", "epoch", lines, dark: false, isLog);
        if (isLog)
        {
            look = look with { Range = new CurveRange(Math.Log10(2L << 30), Math.Log10(2L << 30), 1) };
        }

        JsonElement figure = Figure(lines, look);

        JsonElement axis = figure.GetProperty("layout").GetProperty("yaxis");
        Assert.Equal(" GB", axis.GetProperty("ticksuffix").GetString());
        Assert.Equal(low, axis.GetProperty("range")[0].GetDouble(), tolerance: 1e-9);
        Assert.Equal(high, axis.GetProperty("range")[1].GetDouble(), tolerance: 1e-9);
        Assert.Contains("<b>%{y:.4~g} GB</b> at", figure.GetProperty("traces")[0].GetProperty("hovertemplate").GetString(), StringComparison.Ordinal);
    }

    private static JsonElement Figure(IReadOnlyList<ChartLine> lines, ChartAppearance look) => JsonSerializer.SerializeToElement(CurveFigure.Of(lines, look, 300));

    private static string Hover(CurveView view, string? details)
    {
        var curve = new Curve();
        curve.Add(new SeriesPoint(1, 0.5, Samples.Time));
        ChartLine[] lines = [new("r1", "#1", RunPalette.Of(1), curve, Details: details)];
        return Figure(lines, ChartAppearance.For("validation/loss", "epoch", lines, dark: false, logScale: false, view)).GetProperty("traces")[0].GetProperty("hovertemplate").GetString()!;
    }
}
