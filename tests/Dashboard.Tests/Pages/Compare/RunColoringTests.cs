using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Pages.Compare;

namespace Experiments.Dashboard.Tests.Pages.Compare;

public sealed class RunColoringTests
{
    [Theory]
    [InlineData(24, RunColoring.ByRun)]
    [InlineData(32, RunColoring.ByRun)]
    [InlineData(33, RunColoring.ByObjective)]
    [InlineData(200, RunColoring.ByObjective)]
    public void Of_NoChoice_TellsRunsApartWhileItCan(int runs, string expected)
    {
        RunColoring coloring = RunColoring.Of(null, [.. Enumerable.Range(1, runs).Select(cell => Samples.Run(cell, accuracy: cell / 200.0))], ObjectiveSpec.Default);

        Assert.Equal((expected, runs), (coloring.Key, coloring.Styles.Count));
        Assert.Equal(Math.Min(runs, expected == RunColoring.ByRun ? RunPalette.Styles : RunPalette.Levels), coloring.Styles.Distinct().Count());
    }

    [Fact]
    public void Of_Objective_GoesFromTheWorstToTheBestAndKnowsNone()
    {
        RunView[] runs = [Samples.Run(1, accuracy: 0.5), Samples.Run(2, accuracy: 0.9), Samples.Run(3, accuracy: null)];

        RunColoring coloring = RunColoring.Of(RunColoring.ByObjective, runs, ObjectiveSpec.Default);

        Assert.Equal([RunPalette.OfLevel(0), RunPalette.OfLevel(RunPalette.Levels - 1), RunPalette.Unknown], coloring.Styles);
        Assert.Equal(("0.5000", "0.9000 validation/accuracy", "no value"), (coloring.Legend[0].Text, coloring.Legend[^2].Text, coloring.Legend[^1].Text));
    }

    [Fact]
    public void Of_NumberThatVaries_IsAScaleInItsOrder()
    {
        RunColoring coloring = RunColoring.Of("learningRate", [With(1, "learningRate", 0.1), With(2, "learningRate", 0.001), With(3, "learningRate", 0.01), With(4, "learningRate", 0.1)], ObjectiveSpec.Default);

        Assert.Equal(["0.001", "0.01", "0.1"], coloring.Legend.Select(entry => entry.Text));
        Assert.Equal((RunPalette.OfLevel(0), RunPalette.OfLevel(RunPalette.Levels - 1)), (coloring.Styles[1], coloring.Styles[0]));
        Assert.Equal(coloring.Styles[0], coloring.Styles[3]);
    }

    [Fact]
    public void Of_TextThatVaries_HasAColorEach()
    {
        RunColoring coloring = RunColoring.Of("model", [With(1, "model", "resnet18"), With(2, "model", "alexnet"), With(3, "model", "resnet18")], ObjectiveSpec.Default);

        Assert.Equal([(RunPalette.Of(1), "alexnet"), (RunPalette.Of(2), "resnet18")], coloring.Legend);
        Assert.Equal([RunPalette.Of(2), RunPalette.Of(1), RunPalette.Of(2)], coloring.Styles);
    }

    [Fact]
    public void Of_NameOfNothing_IsAsUsual() => Assert.Equal(RunColoring.ByRun, RunColoring.Of("nonsense", [Samples.Run(1)], ObjectiveSpec.Default).Key);

    private static RunView With<T>(int cell, string key, T value)
    {
        RunView run = Samples.Run(cell);
        return run with { Config = new Dictionary<string, JsonElement>(run.Config) { [key] = JsonSerializer.SerializeToElement(value) } };
    }
}
