using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using static Experiments.GpuWorker.Tests.Training.Interruption;

namespace Experiments.GpuWorker.Tests.Training;

/// <summary>A stopped and resumed training gives the same result as an uninterrupted one, for every configuration.</summary>
[Collection(nameof(TrainingTests))]
public class ResumeTests
{
    [Theory]
    [InlineData(OptimizerKind.Adam, 3)]
    [InlineData(OptimizerKind.Sgd, Iterations)]
    [InlineData(OptimizerKind.RmsProp, Iterations + 1)]
    [InlineData(OptimizerKind.AdamW, (2 * Iterations) + 5)]
    public void Train_StoppedAndResumed_GivesTheSameBits(OptimizerKind optimizer, long stopAfter)
    {
        using var fixture = new TrainingFixture();

        AssertSameBits(fixture, Everything with { Optimizer = optimizer }, stopAfter);
    }

    /// <summary>Combinations of settings that change a step or keep state across steps.</summary>
    public static TheoryData<string> Options => [.. Combinations.Keys];

    private static Dictionary<string, Hyperparameters> Combinations { get; } = new()
    {
        ["average, mixing, accumulation, clipping"] = Everything with
        {
            EmaDecay = 0.9,
            Mixup = 0.2,
            Cutmix = 1,
            GradientAccumulation = 3,
            GradientClipping = 1,
            ClassWeights = ClassWeighting.Balanced,
        },
        ["gradual thawing, warm-up, average"] = Everything with
        {
            Unfreeze = UnfreezeKind.Gradual,
            WarmupEpochs = 1,
            Scheduler = SchedulerKind.Plateau,
            SchedulerPatience = 0,
            EmaDecay = 0.5,
        },
        ["pruning, quantisation, average"] = Everything with
        {
            Pruning = 0.6,
            PruningEpochs = 2,
            Quantization = QuantizationKind.Int8,
            EmaDecay = 0.9,
        },
        ["bfloat16, channels last, average, accumulation"] = Everything with
        {
            Precision = Precision.BFloat16,
            ChannelsLast = true,
            EmaDecay = 0.9,
            GradientAccumulation = 2,
        },
        ["batch norm, average, accumulation"] = Everything with
        {
            Model = "resnet18",
            BatchSize = 30,
            Augmentation = "flip",
            EmaDecay = 0.9,
            GradientAccumulation = 2,
            FreezeBatchNorm = false,
            Scheduler = SchedulerKind.MultiStep,
            SchedulerMilestones = new EpochList([1, 2]),
            Epochs = 2,
        },
    };

    [Theory]
    [MemberData(nameof(Options))]
    public void Train_WithOptionsStoppedAndResumed_GivesTheSameBits(string combination)
    {
        using var fixture = new TrainingFixture();

        AssertSameBits(fixture, Combinations[combination], stopAfter: [1, Iterations, Iterations + 3]);
    }

    [Fact]
    public void Train_ResNetStoppedAndResumed_GivesTheSameBits()
    {
        using var fixture = new TrainingFixture();

        AssertSameBits(fixture, Everything with { Model = "resnet18", Epochs = 2, BatchSize = 16, Augmentation = "flip" }, stopAfter: 4, TrainingFixture.Digits(limit: 48));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Iterations)]
    [InlineData(Iterations + 3)]
    public void Train_WithATeacherStoppedAndResumed_GivesTheSameBits(long stopAfter)
    {
        using var fixture = new TrainingFixture();

        AssertSameBits(fixture, Taught(fixture), stopAfter);
    }

    [Fact]
    public void Train_WithATeacherKilledAndResumed_GivesTheSameBits()
    {
        using var fixture = new TrainingFixture();

        AssertSameBitsAfterKill(fixture, Taught(fixture), killAfter: Iterations + 4);
    }

    [Fact]
    public void Train_KilledAndResumed_GivesTheSameBits()
    {
        using var fixture = new TrainingFixture();

        AssertSameBitsAfterKill(fixture, Everything, killAfter: (2 * Iterations) + 2);
    }

    [Fact]
    public void Train_InTwoStretches_GivesTheSameBits()
    {
        using var fixture = new TrainingFixture();
        TrainingJob whole = fixture.Job(Everything);
        fixture.Train(whole);

        TrainingJob first = fixture.Job(Everything) with { Epochs = new EpochRange(0, 2) };
        RecordingListener before = fixture.Train(first);
        TrainingJob second = fixture.Job(Everything, resumeFrom: first.Folder) with { Epochs = new EpochRange(2, 3) };
        fixture.Train(second);

        Assert.Equal([1, 2], before.Epochs.Select(epoch => epoch.Epoch));
        AssertSameFiles(whole, second);
    }

    /// <summary>Trains a teacher with larger images first.</summary>
    private static Hyperparameters Taught(TrainingFixture fixture)
    {
        TrainingJob teacher = fixture.Job(TrainingFixture.Quick with { Model = "small_cnn", Epochs = 1, ImageSize = 40, Seed = 5 });
        fixture.Train(teacher);
        fixture.Runs.Weights["teacher"] = Path.Combine(teacher.Folder, RunFiles.Best);
        return Everything with { Teacher = "run:teacher", DistillationTemperature = 3, DistillationAlpha = 0.7, Mixup = 0.2, EmaDecay = 0.9 };
    }
}
