
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Tests.Text;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("lerningRate", "learningRate")]
    [InlineData("learning_rate", "learningRate")]
    [InlineData("LEARNINGRATE", "learningRate")]
    [InlineData("eopchs", "epochs")]
    [InlineData("freeze", "freezeEpochs")]
    [InlineData("wd", null)]
    [InlineData("somethingElseEntirely", null)]
    public void Find_GivesTheLikelyNameOrNone(string given, string? expected) =>
        Assert.Equal(expected, NearestName.Find(given, HyperparameterCatalog.Names));

    [Fact]
    public void Find_BeginningOfAName_WinsOverANearerOne() =>
        Assert.Equal("validation/accuracy", NearestName.Find("validation/acc", ["validation/loss", "validation/accuracy"]));

    [Fact]
    public void Find_VeryLongText_IsNotCompared() => Assert.Null(NearestName.Find(new string('a', 1_000_000), ["a"]));
}
