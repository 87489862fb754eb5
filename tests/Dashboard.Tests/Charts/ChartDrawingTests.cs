using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class ChartDrawingTests
{
    private readonly ChartDrawing _drawing = new();
    private readonly Curve _first = new();
    private readonly Curve _second = new();

    [Fact]
    public void Advance_FirstTime_DrawsAll() => Assert.True(Advance().Redraw);

    [Fact]
    public void Advance_NothingNew_DoesNothing()
    {
        Advance();

        ChartStep step = Advance();

        Assert.False(step.Redraw);
        Assert.Empty(step.Extensions);
    }

    [Fact]
    public void Advance_NewPoints_SendsThemAlone()
    {
        Add(_second, 1);
        Advance();
        Add(_second, 2);
        Add(_second, 3);

        ChartStep step = Advance();

        Assert.False(step.Redraw);
        LineExtension extension = Assert.Single(step.Extensions);
        Assert.Equal(1, extension.Index);
        Assert.Equal([2, 3], extension.Points.Select(point => point.Step));
    }

    [Fact]
    public void Advance_PointInTheMiddle_DrawsAll()
    {
        Add(_first, 1);
        Add(_first, 3);
        Advance();
        Add(_first, 2);

        Assert.True(Advance().Redraw);
    }

    [Fact]
    public void Advance_OtherAppearance_DrawsAll()
    {
        Advance("light");

        Assert.True(Advance("dark").Redraw);
    }

    [Fact]
    public void Advance_LineFades_DrawsAll()
    {
        Advance();

        Assert.True(Advance(fadeFirst: true).Redraw);
    }

    private ChartStep Advance(string appearance = "light", bool fadeFirst = false) => _drawing.Advance(
        [new ChartLine("a", "a", RunPalette.Of(1), _first, fadeFirst), new ChartLine("b", "b", RunPalette.Of(2), _second)], appearance);

    private static void Add(Curve curve, long step) => curve.Add(new SeriesPoint(step, step, Samples.Time));
}
