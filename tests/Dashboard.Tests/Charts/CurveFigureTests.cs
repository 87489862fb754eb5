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

    private static string Hover(CurveView view, string? details)
    {
        var curve = new Curve();
        curve.Add(new SeriesPoint(1, 0.5, Samples.Time));
        ChartLine[] lines = [new("r1", "#1", RunPalette.Of(1), curve, Details: details)];
        object figure = CurveFigure.Of(lines, ChartAppearance.For("validation/loss", "epoch", lines, dark: false, logScale: false, view), 300);
        return JsonSerializer.SerializeToElement(figure).GetProperty("traces")[0].GetProperty("hovertemplate").GetString()!;
    }
}
