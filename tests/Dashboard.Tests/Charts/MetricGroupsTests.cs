using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class MetricGroupsTests
{
    [Fact]
    public void Of_SplitsOfOneMeasure_ShareAChart()
    {
        IReadOnlyList<MetricGroup> groups = MetricGroups.Of(["train/loss", "batch/loss", "validation/loss", "learningRate", "validation/accuracy"]);

        Assert.Equal(["accuracy", "loss", "learningRate", "batch/loss"], groups.Select(group => group.Title));
        Assert.Equal(["validation/loss", "train/loss"], groups[1].Metrics);
    }

    [Fact]
    public void DashOf_Splits_DifferAndValidationIsSolid()
    {
        Assert.Equal([0, 1, 2], new[] { "validation/loss", "train/loss", "test/loss" }.Select(MetricGroups.DashOf));
        Assert.Equal(0, MetricGroups.DashOf("learningRate"));
    }
}
