using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class CurveQueryTests
{
    [Theory]
    [InlineData(null, null, false)]
    [InlineData("0.6", null, true)]
    [InlineData("0.95", "time", false)]
    public void Write_WhatWasRead_IsTheSame(string? smooth, string? x, bool logX)
    {
        (string, object?)[] expected = [("smooth", smooth), ("x", x), ("logx", logX ? true : null)];

        Assert.Equal(expected, CurveQuery.Write(CurveQuery.Read(smooth, x, logX)));
    }

    [Theory]
    [InlineData("1", 0.99)]
    [InlineData("-3", 0)]
    [InlineData("NaN", 0)]
    [InlineData("much", 0)]
    public void Read_ImpossibleSmoothing_IsTheNearestThatIsPossible(string smooth, double expected) =>
        Assert.Equal(expected, CurveQuery.Read(smooth, "sideways", logX: false).Smoothing);
}
