using Experiments.Contracts.Filters;

namespace Experiments.Contracts.Tests.Filters;

public sealed class FilterNamesTests
{
    [Theory]
    [InlineData("lr", "learningRate")]
    [InlineData("acc", "validation/accuracy")]
    [InlineData("loss", "validation/loss")]
    [InlineData("bs", "batchSize")]
    [InlineData("wd", "weightDecay")]
    [InlineData("LEARNING-RATE", "learningRate")]
    [InlineData("epoch", "epoch")]
    [InlineData("epochs", "epochs")]
    [InlineData("tags", "tag")]
    [InlineData("worker", "workerId")]
    [InlineData("seconds", "duration")]
    [InlineData("custom_metric", "custom/metric")]
    [InlineData("patience", "schedulerPatience earlyStoppingPatience")]
    [InlineData("sed", "")]
    public void Resolve_Name_IsItsMeaning(string given, string names) =>
        Assert.Equal(names, string.Join(' ', FilterNames.Resolve(given, ["custom/metric"])));

    [Fact]
    public void Resolve_EveryName_IsItself() =>
        Assert.All(FilterNames.All(["custom/metric"]), name => Assert.Equal([name], FilterNames.Resolve(name, ["custom/metric"])));
}
