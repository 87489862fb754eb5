using Experiments.Dashboard.Components.Pages.Launch;

namespace Experiments.Dashboard.Tests.Pages.Launch;

public sealed class SweepYamlTests
{
    [Fact]
    public void Read_NotYaml_NamesTheLine()
    {
        YamlReading reading = SweepYaml.Read("name: x\ndataset: [digits\n");

        Assert.Null(reading.Draft);
        Assert.NotNull(Assert.Single(reading.Problems).Line);
    }

    [Fact]
    public void Read_BadValues_NamesTheLineOfEach()
    {
        YamlReading reading = SweepYaml.Read("name: x\ndataset: digits\ngrid:\n  learningRate: [0.1, 99]\n  modle: [small_cnn]\n");

        Assert.Equal([(4, "grid.learningRate[1]"), (5, "grid.modle")], reading.Problems.Select(problem => (problem.Line!.Value, problem.Path)));
    }

    [Fact]
    public void Read_MissingKey_HasNoLine()
    {
        YamlReading reading = SweepYaml.Read("dataset: digits\n");

        Assert.Equal((null, "name"), Assert.Single(reading.Problems.Select(problem => (problem.Line, problem.Path))));
    }
}
