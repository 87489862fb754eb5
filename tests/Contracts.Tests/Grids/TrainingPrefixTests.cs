using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Metrics;

namespace Experiments.Contracts.Tests.Grids;

/// <summary>What runs share; that it is the same, bit for bit, is tested by training them.</summary>
public sealed class TrainingPrefixTests
{
    private static readonly Hyperparameters Ten = Hyperparameters.Default with { Epochs = 10 };
    private static readonly DatasetSpec Digits = new() { Name = "digits" };

    private static readonly Dictionary<string, (Hyperparameters One, Hyperparameters Other, int Shared)> Pairs = new()
    {
        ["equal"] = (Ten, Ten, 9),
        ["frozen epochs"] = (Ten with { FreezeEpochs = 4 }, Ten with { FreezeEpochs = 8 }, 4),
        ["frozen or not"] = (Ten with { FreezeEpochs = 4 }, Ten, 0),
        ["frozen throughout"] = (Ten with { FreezeEpochs = 10 }, Ten with { FreezeEpochs = 8 }, 8),
        ["epochs"] = (Ten, Ten with { Epochs = 30 }, 9),
        ["epochs of cosine"] = (Ten with { Scheduler = SchedulerKind.Cosine }, Ten with { Scheduler = SchedulerKind.Cosine, Epochs = 30 }, 0),
        ["frozen epochs of one cycle"] = (
            Ten with { Scheduler = SchedulerKind.OneCycle, FreezeEpochs = 3 }, Ten with { Scheduler = SchedulerKind.OneCycle, FreezeEpochs = 5 }, 3),
        ["learning rate"] = (Ten, Ten with { LearningRate = 0.1 }, 0),
        ["learning rate of a backbone that is frozen at first"] = (Ten with { FreezeEpochs = 3 }, Ten with { FreezeEpochs = 3, BackboneLearningRate = 0.1 }, 3),
        ["scheduler"] = (Ten, Ten with { Scheduler = SchedulerKind.Step, SchedulerStepSize = 5 }, 0),
        ["step"] = (Ten with { Scheduler = SchedulerKind.Step, SchedulerStepSize = 5 }, Ten with { Scheduler = SchedulerKind.Step, SchedulerStepSize = 7 }, 5),
        ["size of the step"] = (
            Ten with { Scheduler = SchedulerKind.Step, SchedulerStepSize = 5 }, Ten with { Scheduler = SchedulerKind.Step, SchedulerStepSize = 5, SchedulerGamma = 0.5 }, 5),
        ["patience"] = (Ten with { EarlyStoppingPatience = 3 }, Ten, 3),
        ["pruning"] = (Ten with { Pruning = 0.5, PruningEpochs = 2 }, Ten, 7),
        ["patience after pruning"] = (
            Ten with { Pruning = 0.5, PruningEpochs = 4, EarlyStoppingPatience = 1 }, Ten with { Pruning = 0.5, PruningEpochs = 4, EarlyStoppingPatience = 2 }, 7),
        ["warm-up"] = (Ten with { WarmupEpochs = 2 }, Ten with { WarmupEpochs = 3 }, 0),
        ["quantization"] = (Ten with { Quantization = QuantizationKind.Int8 }, Ten, 9),
        ["seed"] = (Ten with { Seed = 1 }, Ten with { Seed = 2 }, 0),
        ["one epoch"] = (Ten with { Epochs = 1 }, Ten with { Epochs = 1 }, 0),
    };

    public static TheoryData<string> Names => [.. Pairs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void SharedEpochs_OfRunsThatDifferInOneThing(string pair)
    {
        (Hyperparameters one, Hyperparameters other, int shared) = Pairs[pair];

        Assert.Equal(shared, TrainingPrefix.SharedEpochs(one, other));
        Assert.Equal(shared, TrainingPrefix.SharedEpochs(other, one));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OfFirstEpoch_IsEqualForRunsThatShareEpochs(string pair)
    {
        (Hyperparameters one, Hyperparameters other, int shared) = Pairs[pair];

        Assert.Equal(shared > 0, Stage(one) is { } stage && stage == Stage(other));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void OfBranch_IsEqualForAsManyEpochsAsAreShared(string pair)
    {
        (Hyperparameters one, Hyperparameters other, int shared) = Pairs[pair];

        Assert.All(
            Enumerable.Range(2, 9),
            epochs => Assert.Equal(epochs <= shared, RunKey.OfBranch("stage", one, epochs) is { } branch && branch == RunKey.OfBranch("stage", other, epochs)));
    }

    [Fact]
    public void OfFirstEpoch_DependsOnTheDataAndTheObjective()
    {
        string?[] keys =
        [
            Stage(Ten),
            RunKey.OfFirstEpoch(Ten, Digits, ObjectiveSpec.Default, "other"),
            RunKey.OfFirstEpoch(Ten, Digits, ObjectiveSpec.Default, "fingerprint", "weights"),
            RunKey.OfFirstEpoch(Ten, Digits with { Limit = 100 }, ObjectiveSpec.Default, "fingerprint"),
            RunKey.OfFirstEpoch(Ten, Digits, new ObjectiveSpec(MetricNames.ValidationLoss, Goal.Minimize), "fingerprint"),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    private static string? Stage(Hyperparameters h) => RunKey.OfFirstEpoch(h, Digits, ObjectiveSpec.Default, "fingerprint");
}
