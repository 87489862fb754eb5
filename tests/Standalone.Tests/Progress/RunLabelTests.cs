using System.Text.Json;
using Experiments.Contracts.Runs;
using Experiments.Standalone.Progress;

namespace Experiments.Standalone.Tests.Progress;

public sealed class RunLabelTests
{
    [Theory]
    [InlineData("""{ "grid": { "model": ["resnet18"], "learningRate": [0.1] } }""", "resnet18, learningRate 0.1")]
    [InlineData("""{ "grid": [ { "learningRate": [0.1] }, { "learningRate": [0.2], "model": ["resnet18"] } ] }""", "learningRate 0.1, resnet18")]
    [InlineData("""{ "grid": { "model": ["resnet18"] }, "space": { "learningRate": { "min": 0.01, "max": 1 } } }""", "resnet18, learningRate 0.1")]
    [InlineData("""{ "base": { "epochs": 1 } }""", "base")]
    public void Of_VariedValues_StandWithTheirNames(string spec, string expected)
    {
        using var json = JsonDocument.Parse(spec);

        Assert.Equal(expected, new RunLabel(ProgressSamples.Sweep with { Spec = json.RootElement }).Of(ProgressSamples.Run("a", 1, RunStatus.Running)));
    }
}
