using Experiments.ServiceDefaults.Yaml;

namespace Experiments.ServiceDefaults.Tests.Yaml;

public sealed class YamlPositionsTests
{
    private const string Sweep = """
        name: demo

        dataset: { name: digits }  # built in
        grid:
          learningRate: [1e-3,
            3e-4]
          model:
            - small_cnn
            - resnet18
        exclude:
          - model: small_cnn
            freezeEpochs: 2
        """;

    [Theory]
    [InlineData("name", 1)]
    [InlineData("dataset", 3)]
    [InlineData("dataset.name", 3)]
    [InlineData("grid", 4)]
    [InlineData("grid.learningRate", 5)]
    [InlineData("grid.learningRate[0]", 5)]
    [InlineData("grid.learningRate[1]", 6)]
    [InlineData("grid.model", 7)]
    [InlineData("grid.model[1]", 9)]
    [InlineData("exclude[0]", 11)]
    [InlineData("exclude[0].freezeEpochs", 12)]
    public void Find_Path_GivesItsLine(string path, int line) => Assert.Equal(line, YamlPositions.Find(Sweep)[path]);

    [Fact]
    public void Find_TextWithAnError_GivesTheValuesBeforeIt() =>
        Assert.Equal(2, YamlPositions.Find("a: 1\nb: 2\nc: [")["b"]);

    [Fact]
    public void Find_LongKeyWithManyChildren_StaysSmall()
    {
        string yaml = $"? {new string('k', 100_000)}\n: [{string.Join(", ", Enumerable.Range(0, 10_000))}]";

        Assert.Empty(YamlPositions.Find(yaml));
    }
}
