using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class ChartDrawingTests
{
    private readonly ChartDrawing _drawing = new();
    private readonly Curve _first = new();
    private readonly Curve _second = new();

    [Fact]
    public void Advance_FirstTime_SendsAll()
    {
        Add(_first, 1);

        ChartStep step = Advance();

        Assert.True(step.Restyle);
        Assert.Equal([new LineUpdate(0, 0), new LineUpdate(1, 0)], step.Updates);
    }

    [Fact]
    public void Advance_NothingNew_DoesNothing()
    {
        Advance();

        Assert.False(Advance().IsNeeded);
    }

    [Fact]
    public void Advance_NewPoints_SendsThemAlone()
    {
        Add(_second, 1);
        Advance();
        Add(_second, 2);
        Add(_second, 3);

        ChartStep step = Advance();

        Assert.Equal(new LineUpdate(1, 1), Assert.Single(step.Updates));
    }

    [Fact]
    public void Advance_PointInTheMiddle_SendsThatLineAgain()
    {
        Add(_first, 1);
        Add(_first, 3);
        Advance();
        Add(_first, 2);

        Assert.Equal(new LineUpdate(0, 0), Assert.Single(Advance().Updates));
    }

    [Fact]
    public void Advance_OtherColours_SendsNoPoints()
    {
        Add(_first, 1);
        Advance();

        ChartStep step = Advance(dark: true);

        Assert.True(step.Restyle);
        Assert.Empty(step.Updates);
    }

    [Fact]
    public void Advance_LineFadesAndChangesPlaces_SendsNoPoints()
    {
        Add(_first, 1);
        Add(_second, 1);
        Advance();

        ChartStep step = Advance(fadeFirst: true, turned: true);

        Assert.True(step.Restyle);
        Assert.Empty(step.Updates);
    }

    [Fact]
    public void Advance_OtherDetails_SendsNoPoints()
    {
        Add(_first, 1);
        _drawing.Advance([new("a", "a", RunPalette.Of(1), _first, Details: "Model: <b>lenet5</b>")], ChartAppearance.For("m", "epoch", [], dark: false, logScale: false));

        ChartStep step = _drawing.Advance([new("a", "a", RunPalette.Of(1), _first, Details: "Model: <b>vgg11</b>")], ChartAppearance.For("m", "epoch", [], dark: false, logScale: false));

        Assert.True(step.Restyle);
        Assert.Empty(step.Updates);
    }

    [Fact]
    public void Advance_OtherMetricOrSmoothing_SendsAll()
    {
        Add(_first, 1);
        Advance();

        Assert.Equal(2, Advance(metric: "train/loss").Updates.Count);
        Assert.Equal(2, Advance(metric: "train/loss", view: new CurveView(Smoothing: 0.5)).Updates.Count);
    }

    [Fact]
    public void Advance_LineComesBack_SendsItAgain()
    {
        Add(_first, 1);
        Advance();
        _drawing.Advance([], ChartAppearance.For("m", "epoch", [], dark: false, logScale: false));

        Assert.Equal(2, Advance().Updates.Count);
    }

    private ChartStep Advance(bool dark = false, bool fadeFirst = false, bool turned = false, string metric = "validation/loss", CurveView? view = null)
    {
        ChartLine[] lines = [new("a", "a", RunPalette.Of(1), _first, fadeFirst), new("b", "b", RunPalette.Of(2), _second)];
        return _drawing.Advance(turned ? [.. lines.Reverse()] : lines, ChartAppearance.For(metric, "epoch", lines, dark, logScale: false, view));
    }

    private static void Add(Curve curve, long step) => curve.Add(new SeriesPoint(step, step, Samples.Time));
}
