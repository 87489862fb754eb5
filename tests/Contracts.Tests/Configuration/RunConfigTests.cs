using System.Text.Json;
using CsCheck;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;

namespace Experiments.Contracts.Tests.Configuration;

public sealed class RunConfigTests
{
    private static readonly DatasetSpec Flowers = new() { Name = "imagefolder", Path = "/data/flowers", Limit = 10 };

    [Fact]
    public void FromJson_WhatToJsonWrote_IsEqual() =>
        SpecGenerator.Spec.Sample(spec => GridExpansion.Expand(spec).Cells.All(cell =>
            RunConfig.FromJson(RunConfig.ToJson(cell.Hyperparameters, Flowers)) == (cell.Hyperparameters, Flowers)));

    [Fact]
    public void ToJson_HasEveryHyperparameterAndTheDataset()
    {
        using JsonDocument json = JsonDocument.Parse(RunConfig.ToJson(Hyperparameters.Default, new DatasetSpec { Name = "digits" }));

        Assert.Equal([.. HyperparameterCatalog.Names, "dataset"], json.RootElement.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void FromJson_OlderConfigurationWithoutAKey_GetsItsDefault() =>
        Assert.Equal(Hyperparameters.Default with { Epochs = 3 }, RunConfig.FromJson("""{ "epochs": 3, "dataset": "digits" }""").Hyperparameters);

    [Theory]
    [InlineData("""{ "epoch": 3, "dataset": "digits" }""")]
    [InlineData("""{ "epochs": 3 }""")]
    public void FromJson_SomethingElse_IsRefused(string json) => Assert.Throws<FormatException>(() => RunConfig.FromJson(json));
}
