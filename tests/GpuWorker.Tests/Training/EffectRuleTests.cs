using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects;
using Experiments.Contracts.Effects.Rules;
using Experiments.Contracts.Metrics;
using Experiments.GpuWorker.Jobs;
using static Experiments.GpuWorker.Tests.Training.Interruption;

namespace Experiments.GpuWorker.Tests.Training;

/// <summary>Settings that the rules call idle must not affect results: combinations that differ only in them are trained once.</summary>
[Collection(nameof(TrainingTests))]
public class EffectRuleTests
{
    private static readonly Hyperparameters Tiny = TrainingFixture.Quick with { BatchSize = 32 };

    /// <summary>For each rule, two configurations that it treats as equal.</summary>
    private static readonly Dictionary<string, (Hyperparameters One, Hyperparameters Other)> Pairs = new()
    {
        ["momentum"] = (Tiny with { Momentum = 0 }, Tiny with { Momentum = 0.99 }),
        ["schedulerStepSize"] = (Tiny with { Scheduler = SchedulerKind.Cosine, SchedulerStepSize = 1 }, Tiny with { Scheduler = SchedulerKind.Cosine, SchedulerStepSize = 7 }),
        ["schedulerMilestones"] = (Tiny with { Scheduler = SchedulerKind.Step, SchedulerStepSize = 1 }, Tiny with { Scheduler = SchedulerKind.Step, SchedulerStepSize = 1, SchedulerMilestones = new EpochList([1]) }),
        ["schedulerGamma"] = (Tiny with { Scheduler = SchedulerKind.OneCycle, SchedulerGamma = 0.5 }, Tiny with { Scheduler = SchedulerKind.OneCycle, SchedulerGamma = 0.2 }),
        ["schedulerPatience"] = (Tiny with { SchedulerPatience = 0 }, Tiny with { SchedulerPatience = 9 }),
        ["schedulerStepSize that goes too far"] = (
            Tiny with { Epochs = 3, WarmupEpochs = 1, Scheduler = SchedulerKind.Step, SchedulerStepSize = 2, SchedulerGamma = 0.5 },
            Tiny with { Epochs = 3, WarmupEpochs = 1, Scheduler = SchedulerKind.Step, SchedulerStepSize = 30 }),
        ["schedulerMilestones that goes too far"] = (
            Tiny with { Scheduler = SchedulerKind.MultiStep, SchedulerMilestones = new EpochList([1, 2]) },
            Tiny with { Scheduler = SchedulerKind.MultiStep, SchedulerMilestones = new EpochList([1, 9]) }),
        ["schedulerPatience that goes too far"] = (
            Tiny with { LearningRate = 0.05, Scheduler = SchedulerKind.Plateau, SchedulerPatience = 2, SchedulerGamma = 0.5 },
            Tiny with { LearningRate = 0.05, Scheduler = SchedulerKind.Plateau, SchedulerPatience = 20 }),
        ["earlyStoppingPatience that goes too far"] = (Tiny with { EarlyStoppingPatience = 2, EarlyStoppingMinDelta = 1 }, Tiny),
        ["earlyStoppingMetric"] = (Tiny with { EarlyStoppingMetric = MetricNames.TrainLoss }, Tiny),
        ["earlyStoppingMinDelta"] = (Tiny with { EarlyStoppingMinDelta = 1000 }, Tiny),
        ["freezeEpochs that goes too far"] = (Tiny with { FreezeEpochs = 3 }, Tiny with { FreezeEpochs = 2 }),
        ["unfreeze"] = (Tiny with { FreezeEpochs = 2, Unfreeze = UnfreezeKind.Gradual }, Tiny with { FreezeEpochs = 2 }),
        ["backboneLearningRate"] = (Tiny with { FreezeEpochs = 2, BackboneLearningRate = 1, WeightDecay = 0.1, EmaDecay = 0.5 }, Tiny with { FreezeEpochs = 2, WeightDecay = 0.1, EmaDecay = 0.5 }),
        ["freezeBatchNorm"] = (Tiny with { Model = "vgg16_dws", Epochs = 1, FreezeBatchNorm = false }, Tiny with { Model = "vgg16_dws", Epochs = 1 }),
        ["smallInput"] = (Tiny with { SmallInput = true }, Tiny with { SmallInput = false }),
        ["pruningEpochs"] = (Tiny with { PruningEpochs = 5 }, Tiny),
        ["distillationTemperature"] = (Tiny with { DistillationTemperature = 9 }, Tiny),
        ["distillationAlpha"] = (Tiny with { DistillationAlpha = 1 }, Tiny),
        ["gradientAccumulation that goes too far"] = (Tiny with { BatchSize = 16, GradientAccumulation = 17 }, Tiny with { BatchSize = 16, GradientAccumulation = 16 }),
    };

    public static TheoryData<string> Rules => [.. HyperparameterEffects.All.Select(NameOf)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Train_WhatARuleCallsIdle_GivesTheSameBits(string rule)
    {
        (Hyperparameters one, Hyperparameters other) = Pairs[rule];
        using var fixture = new TrainingFixture();
        TrainingJob first = fixture.Job(one, TrainingFixture.Digits(limit: 64));
        TrainingJob second = fixture.Job(other, TrainingFixture.Digits(limit: 64));

        Assert.NotEqual(one, other);
        Assert.Equal(Settled(one), Settled(other));
        Assert.Equal(fixture.Train(first).Reproducible, fixture.Train(second).Reproducible);
        AssertSameFiles(first, second);
    }

    private static string NameOf(EffectRule rule) => $"{rule.Hyperparameter}{(rule.DependsOnValue ? " that goes too far" : "")}";

    private static Hyperparameters Settled(Hyperparameters h) => HyperparameterEffects.Settle(CellDefaults.Resolve(h, TrainingFixture.Digits()));
}
