using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class CurveQueryTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("0.6", null)]
    [InlineData("0.95", "time")]
    public void Write_WhatWasRead_IsTheSame(string? smooth, string? x)
    {
        (string, object?)[] expected = [("smooth", smooth), ("x", x)];

        Assert.Equal(expected, CurveQuery.Write(CurveQuery.Read(smooth, x)));
    }

    [Theory]
    [InlineData("1", 0.99)]
    [InlineData("-3", 0)]
    [InlineData("NaN", 0)]
    [InlineData("much", 0)]
    public void Read_ImpossibleSmoothing_IsTheNearestThatIsPossible(string smooth, double expected) =>
        Assert.Equal(expected, CurveQuery.Read(smooth, "sideways").Smoothing);
}
