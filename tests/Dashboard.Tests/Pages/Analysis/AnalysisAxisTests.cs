using System.Text.Json;
using Experiments.Dashboard.Components.Pages.Analysis;

namespace Experiments.Dashboard.Tests.Pages.Analysis;

public sealed class AnalysisAxisTests
{
    [Theory]
    [InlineData(new[] { 1e-4, 3e-4, 1e-3, 3e-3 }, false, AxisScale.Logarithmic)]
    [InlineData(new[] { 32.0, 64, 128, 256 }, false, AxisScale.Logarithmic)]
    [InlineData(new[] { 1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10 }, true, AxisScale.Linear)]
    [InlineData(new[] { 0.0, 0.1, 0.2 }, false, AxisScale.Linear)]
    [InlineData(new[] { 0.0, 1e-5, 1e-4, 1e-3 }, false, AxisScale.Category)]
    [InlineData(new[] { 1e-3, 1e-2 }, true, AxisScale.Logarithmic)]
    [InlineData(new[] { 1.0, 10 }, false, AxisScale.Linear)]
    [InlineData(new[] { -1.0, 1, 100 }, true, AxisScale.Linear)]
    [InlineData(new[] { 5.0 }, true, AxisScale.Linear)]
    public void OfNumbers_Values_AreSpacedMostEvenly(double[] values, bool prefersLogarithmic, AxisScale scale) =>
        Assert.Equal(scale, AxisScales.OfNumbers(values, prefersLogarithmic));

    [Fact]
    public void Of_Numbers_AreInOrderOnTheirScale()
    {
        var axis = AnalysisAxis.Of("learningRate", AnalysisSamples.Values(0.1, 0.001, 0.01, 0.001));

        Assert.Equal(["0.001", "0.01", "0.1"], axis.Levels.Select(level => level.Label));
        Assert.Equal([-3, -2, -1], axis.Levels.Select(level => Math.Round(level.Position, 9)));
        Assert.Equal([2, 0, 1, 0], axis.LevelOf);
    }

    [Fact]
    public void Of_Names_KeepTheOrderOfTheRuns()
    {
        var axis = AnalysisAxis.Of("model", AnalysisSamples.Values("small_cnn", "resnet18", "small_cnn", "alexnet"));

        Assert.Equal((AxisScale.Category, false), (axis.Scale, axis.IsOrdered));
        Assert.Equal(["small_cnn", "resnet18", "alexnet"], axis.Levels.Select(level => level.Label));
        Assert.Equal([0, 1, 2], axis.Levels.Select(level => level.Position));
    }

    [Fact]
    public void Of_NumbersAndNothing_AreSpacedEvenlyWithAutoFirst()
    {
        var axis = AnalysisAxis.Of("dropout", AnalysisSamples.Values(0.5, null, 0.1));

        Assert.Equal((AxisScale.Category, true), (axis.Scale, axis.IsOrdered));
        Assert.Equal(["auto", "0.1", "0.5"], axis.Levels.Select(level => level.FilterText));
    }

    [Fact]
    public void Of_ListsAndFlags_AreDescribedForUsersAndForFilters()
    {
        JsonElement list = JsonSerializer.Deserialize<JsonElement>(Samples.Augmentation);
        var lists = AnalysisAxis.Of("augmentation", AnalysisSamples.Values("none", list, list));
        var flags = AnalysisAxis.Of("freezeBatchNorm", AnalysisSamples.Values(true, false));

        Assert.Equal([0, 1, 1], lists.LevelOf);
        Assert.DoesNotContain("{", lists.Levels[1].Label, StringComparison.Ordinal);
        Assert.Equal(["'none'", $"'{Samples.Augmentation}'"], lists.Levels.Select(level => level.FilterText));
        Assert.Equal(["true", "false"], flags.Levels.Select(level => level.FilterText));
    }

    [Fact]
    public void Ticks_ManyNumbersOnALogarithmicAxis_MarkEveryDigitAndLabelDecades()
    {
        var axis = AnalysisAxis.Of("learningRate", AnalysisSamples.Values([.. Enumerable.Range(0, 50).Select(i => (object)Math.Pow(10, -5 + (i * 0.08)))]));

        AxisTicks ticks = AxisTicks.Of(axis)!;

        Assert.Equal(["1E-05", "0.0001", "0.001", "0.01"], ticks.Labels.Where(label => label.Length > 0));
        Assert.Equal(ticks.Positions.Order(), ticks.Positions);
    }

    [Fact]
    public void Spread_RunsOfTheSameValue_AreOrderedByResultWithinReachOfABrush()
    {
        AnalysisData data = AnalysisSamples.Of(AnalysisSamples.Columns(("model", ["a", "a", "a", "b"]), (AnalysisSamples.Metric, [0.7, 0.9, 0.8, 0.7])));
        var spread = AxisSpread.Of(data, data.Axes[0]);

        double[] places = [.. Enumerable.Range(0, 3).Select(spread.PositionOf)];

        Assert.Equal([0, 2, 1], Enumerable.Range(0, 3).OrderBy(run => places[run]));
        Assert.All(places, place => Assert.InRange(place, 0, 0.25));
    }
}
