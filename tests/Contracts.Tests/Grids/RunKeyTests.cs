using CsCheck;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Metrics;

namespace Experiments.Contracts.Tests.Grids;

public sealed class RunKeyTests
{
    private static readonly DatasetSpec Digits = new() { Name = "digits" };

    [Fact]
    public void Of_DefaultConfiguration_NeverChanges() =>
        Assert.StartsWith("b2e3641f9a7e89f0e7f325e7d3ed4b61e942210e126d239d09", Key(Hyperparameters.Default), StringComparison.Ordinal);

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
    public void Of_WhatHasNoEffect_IsLeftOut() =>
        Assert.Equal(Key(Hyperparameters.Default), Key(new Hyperparameters { Momentum = 0.5, SchedulerGamma = 0.7, DistillationAlpha = 0.1 }));

    [Theory]
    [InlineData("{ \"scheduler\": \"step\", \"epochs\": 5 }")]
    [InlineData("{ \"optimizer\": \"sgd\", \"momentum\": 0.8, \"freezeEpochs\": 10, \"smallInput\": false, \"imageSize\": 32 }")]
    [InlineData("{ \"scheduler\": \"plateau\", \"epochs\": 2, \"earlyStoppingPatience\": 1 }")]
    public void Of_ConfigurationWithNothingSetInVain_IsWhatItWasBeforeIdleValuesWereLeftOut(string hyperparameters)
    {
        Hyperparameters h = Assert.Single(GridExpansion.Expand(SpecBuilder.Read(SpecBuilder.With($"\"base\": {hyperparameters}"))).Cells).Hyperparameters;

        Assert.Equal(h, HyperparameterEffects.Settle(h));
    }

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
