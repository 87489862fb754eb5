using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Pages.Compare;

namespace Experiments.Dashboard.Tests.Pages.Compare;

public sealed class ComparedRunsTests
{
    [Fact]
    public void Of_RunsThatDiffer_TellsWhereInTheCatalogsOrder()
    {
        var compared = ComparedRuns.Of([With("learningRate", 0.1, "model", "resnet18"), Samples.Run(2)]);

        Assert.Equal(["model", "learningRate"], compared.Differing);
        Assert.Contains("epochs", compared.Shared.Select(pair => pair.Key));
        Assert.DoesNotContain("model", compared.Shared.Select(pair => pair.Key));
    }

    [Fact]
    public void Of_OneRun_DiffersInNothing() => Assert.Empty(ComparedRuns.Of([Samples.Run(1)]).Differing);

    private static RunView With(string firstKey, object first, string secondKey, object second) => Samples.Run(1) with
    {
        Config = new Dictionary<string, JsonElement>(Samples.Run(1).Config)
        {
            [firstKey] = JsonSerializer.SerializeToElement(first),
            [secondKey] = JsonSerializer.SerializeToElement(second),
        },
    };
}
