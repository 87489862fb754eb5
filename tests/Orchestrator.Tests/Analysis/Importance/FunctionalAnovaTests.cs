using Experiments.Orchestrator.Analysis.Importance;

namespace Experiments.Orchestrator.Tests.Analysis.Importance;

public sealed class FunctionalAnovaTests
{
    private static readonly LevelAxis[] Axes = [new("a", true, 2, []), new("b", false, 4, [])];

    [Fact]
    public void Of_SumOfTwoEffects_DividesTheVarianceBetweenThem()
    {
        // f(a, b) = 3 [a = 1] + 4 [b in the upper half]: variances 9/4 and 16/4.
        var anova = FunctionalAnova.Of([new([0b01, 0b0011], 0), new([0b10, 0b0011], 3), new([0b01, 0b1100], 4), new([0b10, 0b1100], 7)], Axes);

        Assert.Equal(6.25, anova.Variance, tolerance: 1e-12);
        Assert.Equal([2.25, 4], anova.MainEffects.Select(effect => Math.Round(effect, 12)));
    }

    [Fact]
    public void Of_WhatOnlyCombinationsExplain_HasNoMainEffect()
    {
        var anova = FunctionalAnova.Of([new([0b01, 0b0011], 1), new([0b10, 0b0011], 0), new([0b01, 0b1100], 0), new([0b10, 0b1100], 1)], Axes);

        Assert.Equal(0.25, anova.Variance, tolerance: 1e-12);
        Assert.All(anova.MainEffects, effect => Assert.Equal(0, effect, 12));
    }

    [Fact]
    public void Of_LeavesOfDifferentSize_WeighsThemByTheirShareOfTheSpace()
    {
        // One level of four is 8: mean 2, variance 12.
        var anova = FunctionalAnova.Of([new([0b11, 0b0001], 8), new([0b11, 0b1110], 0)], Axes);

        Assert.Equal(12, anova.Variance, tolerance: 1e-12);
        Assert.Equal([0, 12], anova.MainEffects.Select(effect => Math.Round(effect, 12)));
    }
}
