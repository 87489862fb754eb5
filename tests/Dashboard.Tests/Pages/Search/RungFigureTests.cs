using Experiments.Dashboard.Components.Charts.Figures;
using Experiments.Dashboard.Components.Pages.Search;
using Plotly.Blazor.Traces;

namespace Experiments.Dashboard.Tests.Pages.Search;

public sealed class RungFigureTests
{
    [Fact]
    public void Draw_Rungs_PutsRunsInTheirColumnsWithLinks()
    {
        Figure figure = RungFigure.Draw(SearchSamples.Rungs, 300, dark: false);

        Assert.Equal(["epoch 1", "epoch 3"], figure.Layout.XAxis[0].TickText);
        Scatter[] dots = [.. figure.Data().Skip(1)];

        // The value that is not finite has no point.
        Assert.Equal(6, dots.Sum(trace => trace.X.Count));
        Assert.Equal(["runs/r2", "runs/r3", "runs/r3"], dots[^1].CustomData);
        Assert.All(dots[^1].X.Take(2), x => Assert.InRange((double)x, -0.3, 0.3));
        Assert.InRange((double)dots[^1].X[2], 0.7, 1.3);
        Assert.Equal("#2 after epoch 1: <b>0.5000</b><br>continued", dots[^1].HoverTextArray[0]);
    }

    [Fact]
    public void Draw_RunAtTwoRungs_JoinsItsPoints()
    {
        Scatter lines = RungFigure.Draw(SearchSamples.Rungs, 300, dark: true).Data().First();

        Assert.Equal([0.5, 0.6, null, 0.45, 0.7, null], lines.Y);
    }
}

file static class FigureTraces
{
    public static IEnumerable<Scatter> Data(this Figure figure) => figure.Traces.Cast<Scatter>();
}
