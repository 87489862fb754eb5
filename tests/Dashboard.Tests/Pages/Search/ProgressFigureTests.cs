using Experiments.Dashboard.Components.Pages.Search;
using Plotly.Blazor.Traces;

namespace Experiments.Dashboard.Tests.Pages.Search;

public sealed class ProgressFigureTests
{
    [Theory]
    [InlineData(true, new[] { 1.0, 2, 4 })]
    [InlineData(false, new[] { 4.0, 20, 40 })]
    public void Draw_Improvements_EndAtTheLastEpoch(bool overTime, double[] places)
    {
        var steps = (Scatter)ProgressFigure.Draw(SearchSamples.Progress, overTime, 240, dark: false).Traces[0];

        Assert.Equal(places, steps.X.Cast<double>());
        Assert.Equal([0.5, 0.6, 0.6], steps.Y.Cast<double>());
        Assert.Equal(["runs/r1", "runs/r2", "runs/r2"], steps.CustomData);
        Assert.Equal("<b>0.5000</b> by #1<br>after 4 epochs, 1 min 00 s", steps.HoverTextArray[0]);
    }
}
