using System.Globalization;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class RunPaletteTests
{
    /// <summary>The contrast that WCAG 2.1 (1.4.11) requires of graphics.</summary>
    private const double LeastContrast = 3;

    /// <summary>Four times the just noticeable difference.</summary>
    private const double LeastDistance = 0.08;

    // Simulation matrices in linear RGB: Viénot, Brettel and Mollon (1999).
    private static readonly double[][] Protanopia = [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]];
    private static readonly double[][] Deuteranopia = [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]];

    [Fact]
    public void Of_Cells_NeighboursDifferAndTheFirst32AreDistinct()
    {
        var styles = Enumerable.Range(1, 32).Select(RunPalette.Of).ToList();

        Assert.Equal(32, styles.Distinct().Count());
        Assert.Equal(RunPalette.Of(5), RunPalette.Of(5));
    }

    [Fact]
    public void Colors_OnTheirBackground_HaveContrast()
    {
        Assert.All(RunPalette.Light, color => Assert.True(Contrast(color, "#ffffff") >= LeastContrast, $"{color}: {Contrast(color, "#ffffff"):0.00}"));
        Assert.All(RunPalette.Dark, color => Assert.True(Contrast(color, "#171d25") >= LeastContrast, $"{color}: {Contrast(color, "#171d25"):0.00}"));
    }

    [Fact]
    public void Colors_SeenWithColourBlindness_StayApart()
    {
        foreach (double[][] vision in new[] { Protanopia, Deuteranopia })
        {
            Assert.All(Pairs(RunPalette.Light), pair => Assert.True(Distance(pair, vision) > LeastDistance, $"{pair}: {Distance(pair, vision):0.000}"));
            Assert.All(Pairs(RunPalette.Dark), pair => Assert.True(Distance(pair, vision) > LeastDistance, $"{pair}: {Distance(pair, vision):0.000}"));
        }
    }

    [Fact]
    public void Distinct_SameCellOfTwoSweeps_KeepsTheColourAndChangesTheDash()
    {
        IReadOnlyList<RunStyle> styles = RunPalette.Distinct([3, 3, 4]);

        Assert.Equal(styles[0].Color, styles[1].Color);
        Assert.Equal(3, styles.Distinct().Count());
    }

    [Fact]
    public void OfShare_FromWorstToBest_GoesThroughTheScale()
    {
        Assert.Equal((RunPalette.OfLevel(0), RunPalette.OfLevel(RunPalette.Levels - 1)), (RunPalette.OfShare(0), RunPalette.OfShare(1)));
        Assert.Equal(("#9fd938", "#fde725"), (RunPalette.Hex(RunPalette.OfShare(0), dark: false), RunPalette.Hex(RunPalette.OfShare(1), dark: true)));
    }

    [Fact]
    public void ToCss_EachTheme_NamesEveryColour() =>
        Assert.All([false, true], dark => Assert.Equal(RunPalette.Light.Count + RunPalette.Levels, RunPalette.ToCss(dark).Split("--run-").Length - 1));

    private static IEnumerable<(string, string)> Pairs(IReadOnlyList<string> colors) =>
        colors.SelectMany((first, index) => colors.Skip(index + 1).Select(second => (first, second)));

    /// <summary>In OKLab (Ottosson 2020), where 0.02 is a just noticeable difference.</summary>
    private static double Distance((string First, string Second) pair, double[][] vision)
    {
        double[] first = Oklab(Multiply(vision, Linear(pair.First)));
        double[] second = Oklab(Multiply(vision, Linear(pair.Second)));
        return Math.Sqrt(first.Zip(second, (a, b) => (a - b) * (a - b)).Sum());
    }

    private static double Contrast(string first, string second)
    {
        double[] luminances = [.. new[] { first, second }.Select(Luminance).OrderDescending()];
        return (luminances[0] + 0.05) / (luminances[1] + 0.05);
    }

    private static double Luminance(string color) => Linear(color).Zip([0.2126, 0.7152, 0.0722], (channel, weight) => channel * weight).Sum();

    private static double[] Linear(string color) =>
        [.. new[] { 1, 3, 5 }.Select(at => int.Parse(color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0)
            .Select(channel => channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4))];

    private static double[] Multiply(double[][] matrix, double[] vector) =>
        [.. matrix.Select(row => row.Zip(vector, (a, b) => a * b).Sum())];

    private static double[] Oklab(double[] rgb)
    {
        double[] cones = [.. Multiply([[0.4122, 0.5363, 0.0514], [0.2119, 0.6807, 0.1074], [0.0883, 0.2817, 0.6300]], rgb).Select(Math.Cbrt)];
        return Multiply([[0.2105, 0.7936, -0.0041], [1.9780, -2.4286, 0.4506], [0.0259, 0.7828, -0.8087]], cones);
    }
}
