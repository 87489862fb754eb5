using Experiments.Dashboard.Components.Charts.Figures;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Tests.Charts.Figures;

public sealed class ByteTicksTests
{
    private const double Megabyte = 1 << 20;

    [Theory]
    [InlineData(431, 456, "435 MB", "440 MB", "445 MB", "450 MB", "455 MB")]
    [InlineData(900, 2100, "1 GB", "1.2 GB", "1.4 GB", "1.6 GB", "1.8 GB", "2 GB")]
    public void Of_Range_IsLabelledAtRoundNumbersOfTheUnit(double low, double high, params string[] labels)
    {
        var ticks = ByteTicks.Of(low * Megabyte, high * Megabyte);

        (double Position, string Label)[] labelled = [.. ticks.Positions.Zip(ticks.Labels).Where(tick => tick.Second.Length > 0)];
        Assert.Equal(labels, labelled.Select(tick => tick.Label));
        Assert.All(labelled, tick => Assert.Equal(tick.Label, Numbers.Bytes((long)Math.Round(tick.Position))));
        Assert.All(ticks.Positions, position => Assert.InRange(position, low * Megabyte, high * Megabyte));
    }
}
