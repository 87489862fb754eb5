using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Components.Elements;

namespace Experiments.Dashboard.Tests.Elements;

public sealed class SortOrderTests
{
    [Theory]
    [InlineData(null, "validation/accuracy", "-validation/accuracy")]
    [InlineData("-validation/accuracy", "validation/accuracy", "validation/accuracy")]
    [InlineData("validation/accuracy", "validation/accuracy", null)]
    [InlineData(null, "validation/loss", "validation/loss")]
    [InlineData("learningRate", "validation/loss", "validation/loss")]
    [InlineData("learningRate", "learningRate", "-learningRate")]
    public void Next_Click_GoesThroughBetterFirst(string? current, string key, string? expected) =>
        Assert.Equal(expected, SortOrder.Next(current, SortOrder.FirstOf(key)));

    [Theory]
    [InlineData(Goal.Maximize, "-validation/loss")]
    [InlineData(Goal.Minimize, "validation/loss")]
    public void BestFirst_Goal_SetsTheDirection(Goal goal, string expected) =>
        Assert.Equal(expected, SortOrder.BestFirst(new ObjectiveSpec("validation/loss", goal)));
}
