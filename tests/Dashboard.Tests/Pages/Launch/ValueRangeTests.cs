using Experiments.Dashboard.Components.Pages.Launch;

namespace Experiments.Dashboard.Tests.Pages.Launch;

public sealed class ValueRangeTests
{
    [Fact]
    public void TryExpand_Logarithmic_MultipliesByAFactor() =>
        Assert.Equal([1e-4, 1e-3, 1e-2, 0.1], Expand(new ValueRange(1e-4, 0.1, 4, Logarithmic: true), "learningRate"));

    [Fact]
    public void TryExpand_Linear_AddsADifference() =>
        Assert.Equal([0.0, 0.25, 0.5], Expand(new ValueRange(0, 0.5, 3, Logarithmic: false), "dropout"));

    [Fact]
    public void TryExpand_DownwardRange_GoesDown() =>
        Assert.Equal([0.1, 0.01, 0.001], Expand(new ValueRange(0.1, 0.001, 3, Logarithmic: true), "learningRate"));

    [Fact]
    public void TryExpand_WholeNumbers_RoundsAndDropsRepetitions() =>
        Assert.Equal([1L, 2L, 3L], Expand(new ValueRange(1, 3, 9, Logarithmic: false), "epochs"));

    [Theory]
    [InlineData(0, 0.1, 3, true, "from 0 to 0.1")]
    [InlineData(0.1, 0.2, 1, false, "1")]
    [InlineData(0.1, 0.2, 100000, false, "100000")]
    [InlineData(0.1, 99, 3, false, "out of range")]
    [InlineData(double.NaN, 1, 3, false, "not a finite number")]
    public void TryExpand_BadRange_SaysWhy(double from, double to, int count, bool logarithmic, string expected)
    {
        Assert.False(new ValueRange(from, to, count, logarithmic).TryExpand(Samples.Parameter("learningRate"), out IReadOnlyList<object?> values, out string problem));
        Assert.Empty(values);
        Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    private static IReadOnlyList<object?> Expand(ValueRange range, string name)
    {
        Assert.True(range.TryExpand(Samples.Parameter(name), out IReadOnlyList<object?> values, out string problem), problem);
        return values;
    }
}
