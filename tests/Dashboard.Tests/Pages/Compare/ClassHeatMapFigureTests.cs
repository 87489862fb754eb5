using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Pages.Compare;

namespace Experiments.Dashboard.Tests.Pages.Compare;

public sealed class ClassHeatMapFigureTests
{
    [Theory]
    [InlineData(24, 24, "#24")]
    [InlineData(200, 40, "#196")]
    public void Layout_Runs_AreNamedAsFarAsThereIsRoom(int runs, int labels, string last)
    {
        ComparedRun[] compared = [.. Enumerable.Range(1, runs).Select(cell => new ComparedRun(Samples.Run(cell), RunPalette.Of(cell), "", ""))];

        Plotly.Blazor.LayoutLib.XAxis axis = ClassHeatMapFigure.Layout(compared, "r1", classes: 10, height: 300, dark: false).XAxis[0];

        Assert.Equal((labels, labels), (axis.TickText.Count, axis.TickVals.Count));
        Assert.Equal(("<b>#1</b>", last), (axis.TickText[0], axis.TickText[^1]));
        Assert.Equal("run", axis.Title.Text);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(1000, false)]
    public void Layout_Classes_AreAllNamedWhileThereIsALineForEach(int classes, bool isEach) =>
        Assert.Equal(isEach, ClassHeatMapFigure.Layout([], "", classes, height: 300, dark: false).YAxis[0].DTick is 1);
}
