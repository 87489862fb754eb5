using Experiments.Contracts.Configuration;
using Experiments.Dashboard.Components.Pages.Launch;

namespace Experiments.Dashboard.Tests.Pages.Launch;

public sealed class FieldSelectionTests
{
    private readonly SweepDraft _draft = new();

    [Theory]
    [InlineData("momentum", "optimizer", "sgd")]
    [InlineData("schedulerStepSize", "scheduler", "step")]
    [InlineData("schedulerGamma", "scheduler", "plateau")]
    [InlineData("schedulerPatience", "scheduler", "plateau")]
    [InlineData("smallInput", "model", "resnet18")]
    [InlineData("distillationAlpha", "teacher", "run:1234")]
    public void IsShown_WhatAChoiceUses_IsShownOnceItIsChosen(string hyperparameter, string chosen, string value)
    {
        Assert.False(IsShown(hyperparameter));

        Choose(chosen, value);

        Assert.True(IsShown(hyperparameter));
    }

    [Fact]
    public void IsShown_OneOfSeveralChoicesUsesIt_IsShown()
    {
        Choose("optimizer", "adam");
        Assert.False(IsShown("momentum"));

        Choose("optimizer", "rmsprop");

        Assert.True(IsShown("momentum"));
    }

    [Theory]
    [InlineData("model")]
    [InlineData("learningRate")]
    [InlineData("epochs")]
    [InlineData("seed")]
    public void IsShown_WhatEverySweepDecides_IsShown(string hyperparameter) => Assert.True(IsShown(hyperparameter));

    [Fact]
    public void IsShown_EmptyDraft_IsLessThanHalfOfAll() =>
        Assert.InRange(HyperparameterCatalog.Names.Count(IsShown), 10, HyperparameterCatalog.All.Count / 2);

    [Fact]
    public void IsShown_WhatWasChosenRefusedOrIsWrong_IsShownWhetherItIsUsedOrNot()
    {
        Choose("momentum", "0.5");
        _draft.Refused.Set("pruning", "not a number");

        Assert.True(IsShown("momentum"));
        Assert.True(IsShown("pruning"));
        Assert.True(FieldSelection.IsShown(_draft, HyperparameterCatalog.Find("mixup")!, "wrong"));
        Assert.False(IsShown("mixup"));
    }

    [Theory]
    [InlineData("momentum", "MOMENT", true)]
    [InlineData("emaDecay", "moving average", true)]
    [InlineData("warmupEpochs", "warm-up", true)]
    [InlineData("learningRate", "LR", true)]
    [InlineData("batchSize", "bs", true)]
    [InlineData("momentum", "moment xyz", false)]
    public void Matches_Words_AreFoundInNameLabelAndDescription(string hyperparameter, string words, bool expected) =>
        Assert.Equal(expected, FieldSelection.Matches(HyperparameterCatalog.Find(hyperparameter)!, words));

    private bool IsShown(string hyperparameter) => FieldSelection.IsShown(_draft, HyperparameterCatalog.Find(hyperparameter)!, null);

    private void Choose(string hyperparameter, string value)
    {
        HyperparameterDefinition definition = HyperparameterCatalog.Find(hyperparameter)!;
        Assert.True(ValueText.TryReadAll(definition, value, out IReadOnlyList<object?> values, out string problem), problem);
        _draft.Add(definition, values[0]);
    }
}
