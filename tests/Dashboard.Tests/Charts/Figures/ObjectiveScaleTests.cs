using System.Globalization;
using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Components.Charts.Figures;

namespace Experiments.Dashboard.Tests.Charts.Figures;

public sealed class ObjectiveScaleTests
{
    /// <summary>Lightness alone has to show the order: every kind of color vision perceives it.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Colors_FromWorstToBest_MoveAwayFromTheBackground(bool dark)
    {
        double[] luminance = [.. ObjectiveScale.Colors(dark).Select(Luminance)];

        Assert.Equal(dark ? luminance.Order() : luminance.OrderDescending(), luminance);
        Assert.Equal(luminance.Length, luminance.Distinct().Count());
    }

    [Fact]
    public void Range_RunThatWentAstray_DoesNotTakeTheColours()
    {
        double[] losses = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1e6];

        var range = ObjectiveRange.Of(losses, Goal.Minimize);

        Assert.Equal((1.1, 0.5, 1), (range.Worst, range.Best, range.Clipped));
        Assert.Equal([1, 0, 0], new[] { 0.5, 1.1, 1e6 }.Select(range.Goodness));
        Assert.Equal([0.5, 1.1, 1.1], new[] { 0.5, 1.1, 1e6 }.Select(range.Fence));
    }

    [Fact]
    public void Range_BestRunFarAhead_IsAlwaysTheEnd()
    {
        var range = ObjectiveRange.Of([0.1, 0.11, 0.12, 0.13, 0.14, 0.99], Goal.Maximize);

        Assert.Equal((0.1, 0.99, 0), (range.Worst, range.Best, range.Clipped));
    }

    [Fact]
    public void Axis_OneValue_HasRoomAroundIt()
    {
        (double low, double high) = ObjectiveRange.Of([0.5], Goal.Maximize).Axis();

        Assert.True(low < 0.5 && high > 0.5);
    }

    private static double Luminance(string color)
    {
        double Channel(int start)
        {
            double value = int.Parse(color.AsSpan(start, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return (0.2126 * Channel(1)) + (0.7152 * Channel(3)) + (0.0722 * Channel(5));
    }
}
