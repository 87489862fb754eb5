using CsCheck;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Tests.Sweeps;

public sealed class RunKeyTests
{
    private static readonly DatasetSpec Digits = new() { Name = "digits" };

    [Fact]
    public void Of_DefaultConfiguration_NeverChanges() =>
        Assert.StartsWith("6240b86b44838e55fe755027f5269a26bfe8f27087d7cc0e71", Key(Hyperparameters.Default), StringComparison.Ordinal);

    [Fact]
    public void Of_CellsOfAnySpec_DifferAsTheCellsDo() =>
        SpecGenerator.Spec.Sample(spec =>
        {
            IReadOnlyList<GridCell> cells = GridExpansion.Expand(spec).Cells;
            return cells.Select(cell => Key(cell.Hyperparameters)).Distinct().Count() == cells.Count;
        });

    [Fact]
    public void Of_EqualConfigurations_AreEqual() =>
        Assert.Equal(Key(new Hyperparameters { LearningRate = 0.01 }), Key(new Hyperparameters { LearningRate = 1e-2 }));

    [Fact]
    public void Of_OtherDataOrObjective_Differs()
    {
        var keys = new[]
        {
            Key(Hyperparameters.Default),
            RunKey.Of(Hyperparameters.Default, Digits with { Limit = 100 }, ObjectiveSpec.Default, "f"),
            RunKey.Of(Hyperparameters.Default, Digits with { ValidationFraction = 0.3 }, ObjectiveSpec.Default, "f"),
            RunKey.Of(Hyperparameters.Default, Digits, new ObjectiveSpec("validation/loss", Goal.Minimize), "f"),
            RunKey.Of(Hyperparameters.Default, Digits, ObjectiveSpec.Default, "g"),
        };

        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void Of_SameFilesElsewhere_IsTheSame() =>
        Assert.Equal(
            RunKey.Of(Hyperparameters.Default, new DatasetSpec { Name = "imagefolder", Path = "/a" }, ObjectiveSpec.Default, "f"),
            RunKey.Of(Hyperparameters.Default, new DatasetSpec { Name = "imagefolder", Path = "/b" }, ObjectiveSpec.Default, "f"));

    private static string Key(Hyperparameters hyperparameters) => RunKey.Of(hyperparameters, Digits, ObjectiveSpec.Default, "f");
}
