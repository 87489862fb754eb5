using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Pages.Analysis;

namespace Experiments.Dashboard.Tests.Pages.Analysis;

public sealed class EffectOrderTests
{
    [Theory]
    [InlineData("", 0.3, 0.32, "learningRate model")]
    [InlineData("model learningRate", 0.3, 0.32, "model learningRate")]
    [InlineData("model learningRate", 0.3, 0.5, "learningRate model")]
    [InlineData("learningRate model", 0.6, 0.3, "model learningRate")]
    public void Next_Shares_ChangePlacesOnlyWhenTheyDifferClearly(string before, double model, double learningRate, string after)
    {
        var importance = new ImportanceView
        {
            Metric = AnalysisSamples.Metric,
            Runs = 3,
            RunsNeeded = 2,
            Hyperparameters = [new("model", model, 0.05), new("learningRate", learningRate, 0.05)],
        };

        IReadOnlyList<AnalysisAxis> axes = EffectOrder.Next(before.Split(' ', StringSplitOptions.RemoveEmptyEntries), AnalysisSamples.Data.Axes, importance);

        Assert.Equal(after, string.Join(' ', axes.Select(axis => axis.Name)));
    }

    [Fact]
    public void Next_NoImportance_KeepsTheOrderOfTheGrid() =>
        Assert.Equal(AnalysisSamples.Data.Axes, EffectOrder.Next([], AnalysisSamples.Data.Axes, null));
}
