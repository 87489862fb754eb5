using Experiments.Contracts.Effects;
using Experiments.Contracts.Effects.Rules;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;

namespace Experiments.Contracts.Tests.Grids;

public sealed class SweepWarningsTests
{
    /// <summary>For each rule a sweep that causes its warning: members of the file, the path, the cells, a part of the message.</summary>
    private static readonly Dictionary<string, (string Members, string Path, int[] Cells, string Message)> Samples = new()
    {
        ["momentum"] = ("""'base': { 'momentum': 0.8 }""", "base.momentum", [1], "momentum has no effect: optimizer adam does not use it; sgd and rmsprop do"),
        ["schedulerStepSize"] = ("""'base': { 'scheduler': 'cosine', 'schedulerStepSize': 3 }""", "base.schedulerStepSize", [1], "scheduler cosine does not use it"),
        ["schedulerMilestones"] = ("""'base': { 'schedulerMilestones': [3] }""", "base.schedulerMilestones", [1], "scheduler none does not use it"),
        ["schedulerGamma"] = ("""'base': { 'scheduler': 'onecycle', 'schedulerGamma': 0.5 }""", "base.schedulerGamma", [1], "scheduler onecycle does not use it; step, multistep and plateau do"),
        ["schedulerPatience"] = ("""'base': { 'schedulerPatience': 3 }""", "base.schedulerPatience", [1], "plateau does"),
        ["schedulerStepSize that goes too far"] = ("""'base': { 'scheduler': 'step', 'epochs': 8 }, 'grid': { 'schedulerStepSize': [4, 20] }""", "grid.schedulerStepSize", [2], "a step after every 20 epochs is none within 8 epochs"),
        ["schedulerMilestones that goes too far"] = ("""'base': { 'scheduler': 'multistep', 'epochs': 8, 'schedulerMilestones': [4, 12] }""", "base.schedulerMilestones", [1], "milestone 12 is not reached within 8 epochs"),
        ["schedulerPatience that goes too far"] = ("""'base': { 'scheduler': 'plateau', 'epochs': 3, 'schedulerPatience': 5 }""", "base.schedulerPatience", [1], "5 epochs without improvement cannot pass within 3 epochs"),
        ["earlyStoppingPatience that goes too far"] = ("""'base': { 'epochs': 3, 'earlyStoppingPatience': 3 }""", "base.earlyStoppingPatience", [1], "training never ends early"),
        ["earlyStoppingMetric"] = ("""'base': { 'earlyStoppingMetric': 'train/loss' }""", "base.earlyStoppingMetric", [1], "earlyStoppingPatience is not set"),
        ["earlyStoppingMinDelta"] = ("""'base': { 'earlyStoppingMinDelta': 0.1 }""", "base.earlyStoppingMinDelta", [1], "earlyStoppingPatience is not set"),
        ["freezeEpochs that goes too far"] = ("""'base': { 'freezeEpochs': 12 }, 'grid': { 'epochs': [10, 15] }""", "base.freezeEpochs", [1], "the backbone is never trained: 12 is more than epochs"),
        ["unfreeze"] = ("""'base': { 'freezeEpochs': 10, 'unfreeze': 'gradual' }""", "base.unfreeze", [1], "freezes the backbone in all 10 epochs"),
        ["backboneLearningRate"] = ("""'base': { 'freezeEpochs': 10, 'backboneLearningRate': 0.1 }""", "base.backboneLearningRate", [1], "freezes the backbone in all 10 epochs"),
        ["freezeBatchNorm"] = ("""'base': { 'freezeBatchNorm': false }""", "base.freezeBatchNorm", [1], "nothing is frozen"),
        ["smallInput"] = ("""'base': { 'model': 'vgg16', 'smallInput': true }""", "base.smallInput", [1], "vgg16 has no other stem"),
        ["pruningEpochs"] = ("""'base': { 'pruningEpochs': 2 }""", "base.pruningEpochs", [1], "pruning is 0"),
        ["distillationTemperature"] = ("""'base': { 'distillationTemperature': 2 }""", "base.distillationTemperature", [1], "teacher is none"),
        ["distillationAlpha"] = ("""'base': { 'distillationAlpha': 0.3 }""", "base.distillationAlpha", [1], "teacher is none"),
        ["gradientAccumulation that goes too far"] = ("""'base': { 'batchSize': 4, 'gradientAccumulation': 8 }""", "base.gradientAccumulation", [1], "no more than 4 parts"),
        ["doubt of freezeEpochs"] = ("""'grid': { 'freezeEpochs': [0, 10] }""", "grid.freezeEpochs", [2], "all 10 epochs are frozen: the backbone is never trained, and its weights are random"),
        ["doubt of warmupEpochs"] = ("""'base': { 'warmupEpochs': 2 }, 'grid': { 'scheduler': ['cosine', 'none'] }""", "base.warmupEpochs", [2], "rises for 2 epochs and then stays"),
        ["doubt of scheduler"] = ("""'base': { 'scheduler': 'multistep' }""", "base.scheduler", [1], "has no schedulerMilestones"),
        ["doubt of schedulerGamma"] = ("""'base': { 'scheduler': 'step', 'schedulerStepSize': 2, 'schedulerGamma': 1 }""", "base.schedulerGamma", [1], "a step times 1"),
        ["doubt of backboneLearningRate"] = ("""'base': { 'backboneLearningRate': 0.1 }""", "base.backboneLearningRate", [1], "random weights"),
        ["doubt of distillationAlpha"] = ("""'base': { 'teacher': 'run:a', 'distillationAlpha': 0 }""", "base.distillationAlpha", [1], "no share of the loss"),
    };

    public static TheoryData<string> Rules => [.. HyperparameterEffects.All.Select(NameOf), .. HyperparameterDoubts.All.Select(rule => $"doubt of {rule.About[0]}")];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Of_WhatARuleIsAbout_NamesPlaceCellsAndReason(string rule)
    {
        (string members, string path, int[] cells, string message) = Samples[rule];

        SweepWarning warning = Assert.Single(Of(members), warning => warning.Path == path && warning.Message.Contains(message, StringComparison.Ordinal));

        Assert.Equal(cells, warning.Cells);
    }

    [Theory]
    [InlineData("""'base': { 'epochs': 5, 'batchSize': 64 }, 'grid': { 'model': ['small_cnn', 'resnet18'], 'freezeEpochs': [0, 2] }""")]
    [InlineData("""'base': { 'momentum': 0.9 }, 'grid': { 'optimizer': ['adam', 'sgd'] }""")]
    [InlineData("""'grid': [ { 'optimizer': ['sgd'], 'momentum': [0.8, 0.9] }, { 'optimizer': ['adam'] } ]""")]
    [InlineData("""'base': { 'pretrained': 'imagenet', 'model': 'resnet18', 'backboneLearningRate': 1e-4, 'freezeEpochs': 3, 'scheduler': 'step', 'schedulerStepSize': 4 }""")]
    public void Of_SweepThatMeansWhatItSays_IsEmpty(string members) => Assert.Empty(Of(members));

    [Fact]
    public void Of_AxisWithoutEffectOnSomeCells_NamesTheCellsThatAreLeft()
    {
        SweepWarning warning = Assert.Single(Of("""'grid': { 'optimizer': ['sgd', 'adam', 'adamw'], 'momentum': [0.8, 0.9], 'seed': [1, 2] }"""), warning => warning.Message.Contains("optimizer adam ", StringComparison.Ordinal));

        Assert.Equal(("grid.momentum", "5, 6"), (warning.Path, string.Join(", ", warning.Cells)));
        Assert.EndsWith("combinations that differ only in it are one run", warning.Message, StringComparison.Ordinal);
    }

    /// <summary>The cell is merged into an equal earlier one before any rule sees it.</summary>
    [Theory]
    [InlineData("""'grid': { 'freezeEpochs': [10, 20], 'seed': [1, 2] }""", "grid.freezeEpochs", "20 is more than epochs; combinations that differ only in it are one run", "1, 2")]
    [InlineData("""'grid': { 'seed': [1, 2], 'freezeEpochs': [0, 10, 20] }""", "grid.freezeEpochs", "20 is more than epochs", "2, 4")]
    [InlineData("""'base': { 'epochs': 8 }, 'grid': { 'earlyStoppingPatience': [null, 9] }""", "grid.earlyStoppingPatience", "training never ends early", "1")]
    [InlineData("""'base': { 'scheduler': 'plateau', 'epochs': 3 }, 'grid': { 'schedulerPatience': [3, 5] }""", "grid.schedulerPatience", "5 epochs without improvement cannot pass", "1")]
    [InlineData("""'grid': [ { 'optimizer': ['adam'] }, { 'optimizer': ['adam'], 'momentum': [0.5] } ]""", "grid[1].momentum", "momentum has no effect", "1")]
    public void Of_ValueWithoutEffectBehindItsEqual_NamesTheCellThatItIsOneRunWith(string members, string path, string message, string cells)
    {
        SweepWarning warning = Assert.Single(Of(members), warning => warning.Path == path && warning.Message.Contains(message, StringComparison.Ordinal));

        Assert.Equal(cells, string.Join(", ", warning.Cells));
        Assert.Equal(warning.Cells.Count, warning.CellCount);
    }

    [Theory]
    [InlineData("""'grid': { 'model': ['small_cnn', 'resnet18'] }, 'exclude': [ { 'model': 'resnet18' }, { 'model': 'resnet34', 'seed': [1, 2] } ]""", "exclude[1]", "leaves out no combination: none has model resnet34 and seed 1 or 2")]
    [InlineData("""'base': { 'epochs': 3 }, 'grid': { 'seed': [1, 2] }, 'exclude': [ { 'seed': 1, 'epochs': 4 } ]""", "exclude[0]", "leaves out no combination: none has seed 1 and epochs 4")]
    [InlineData("""'grid': [ { 'seed': [1] }, { 'seed': [2, 3] } ], 'exclude': [ { 'seed': 3 }, { 'seed': 4 } ]""", "exclude[1]", "leaves out no combination: none has seed 4")]
    public void Of_ExclusionThatMatchesNoCell_NamesItAndNoCell(string members, string path, string message)
    {
        SweepWarning warning = Assert.Single(Of(members));

        Assert.Equal((path, message, 0, ""), (warning.Path, warning.Message, warning.CellCount, warning.DescribeCells(3)));
    }

    [Theory]
    [InlineData("validation/loss", "maximize", "maximize takes the worst validation/loss for the best, of epochs and of runs; minimize, or no goal, is what suits the metric")]
    [InlineData("train/accuracy", "minimize", "minimize takes the worst train/accuracy for the best, of epochs and of runs; maximize, or no goal, is what suits the metric")]
    public void Of_GoalThatDoesNotSuitTheMetric_SaysWhatItComesTo(string metric, string goal, string message)
    {
        SweepWarning warning = Assert.Single(Of($"'objective': {{ 'metric': '{metric}', 'goal': '{goal}' }}, 'grid': {{ 'seed': [1, 2] }}"));

        Assert.Equal(("objective.goal", message, "all 2 combinations"), (warning.Path, warning.Message, warning.DescribeCells(2)));
    }

    [Theory]
    [InlineData("""'objective': { 'metric': 'validation/loss', 'goal': 'minimize' }""")]
    [InlineData("""'objective': { 'metric': 'validation/loss' }""")]
    [InlineData("""'objective': { 'metric': 'train/accuracy', 'goal': 'maximize' }""")]
    public void Of_GoalThatSuitsTheMetric_IsEmpty(string members) => Assert.Empty(Of(members));

    /// <summary>The default image size of digits is 32.</summary>
    [Theory]
    [InlineData("'grid': { 'imageSize': [32, null, 64] }, 'exclude': [ { 'imageSize': 32 } ]", "combination 1")]
    [InlineData("'grid': { 'imageSize': [32, null, 64] }, 'exclude': [ { 'imageSize': null } ]", "combination 1")]
    [InlineData("'grid': { 'seed': [1, 2, 3] }, 'exclude': [ { 'imageSize': 32, 'seed': [2, 3] } ]", "combinations 2–3")]
    public void Of_ExclusionOfASizeThatIsWrittenInAnotherWay_SaysToExcludeBoth(string members, string cells)
    {
        SweepWarning warning = Assert.Single(Of(members));

        Assert.Equal("exclude[0]", warning.Path);
        Assert.Contains("so null and 32 are the same; exclude both with imageSize: [32, null]", warning.Message, StringComparison.Ordinal);
        Assert.Equal(cells, warning.DescribeCells(99));
    }

    [Theory]
    [InlineData("'grid': { 'imageSize': [32, null, 64] }, 'exclude': [ { 'imageSize': [32, null] } ]")]
    [InlineData("'grid': { 'imageSize': [32, 64] }, 'exclude': [ { 'imageSize': 32.0 } ]")]
    [InlineData("'grid': { 'imageSize': [64, 32] }, 'exclude': [ { 'imageSize': 64 } ]")]
    public void Of_ExclusionOfAllOfASize_IsEmpty(string members) => Assert.Empty(Of(members));

    [Fact]
    public void Of_ExclusionWithoutAValue_SaysWhichHasNone() =>
        Assert.Equal("leaves out no combination: it names no value of imageSize", Assert.Single(Of("'grid': { 'seed': [1, 2] }, 'exclude': [ { 'imageSize': [] } ]")).Message);

    [Fact]
    public void Of_SecondOfTwoGrids_SaysWhichAndNumbersOn()
    {
        SweepWarning warning = Assert.Single(Of("""'grid': [ { 'seed': [1, 2] }, { 'seed': [3], 'momentum': [0.8] } ]"""));

        Assert.Equal(("grid[1].momentum", 3), (warning.Path, Assert.Single(warning.Cells)));
    }

    [Fact]
    public void Of_ValueWrittenTwice_NamesIt() =>
        Assert.Equal("0.001 stands more than once, and counts once", Assert.Single(Of("""'grid': { 'learningRate': [0.001, 1e-3, 0.01] }""")).Message);

    [Fact]
    public void DescribeCells_ManyCells_AreRanges()
    {
        var warning = new SweepWarning("grid.seed", "", [1, 2, 3, 7, 9, 10]);

        Assert.Equal("combinations 1–3, 7, 9–10", warning.DescribeCells(12));
        Assert.Equal("all 6 combinations", warning.DescribeCells(6));
        Assert.Equal("combination 4", new SweepWarning("grid.seed", "", [4]).DescribeCells(9));
    }

    private static string NameOf(EffectRule rule) => $"{rule.Hyperparameter}{(rule.DependsOnValue ? " that goes too far" : "")}";

    private static IReadOnlyList<SweepWarning> Of(string members) =>
        Of(SpecBuilder.Read(SpecBuilder.With(members.Replace('\'', '"'))));

    private static IReadOnlyList<SweepWarning> Of(SweepSpec spec) => SweepWarnings.Of(spec, GridExpansion.Expand(spec));
}
