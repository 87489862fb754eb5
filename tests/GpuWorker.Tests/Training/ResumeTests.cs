using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Training;
using Experiments.GpuWorker.Training.Checkpoints;

namespace Experiments.GpuWorker.Tests.Training;

[Collection(nameof(TrainingTests))]
public class ResumeTests
{
    /// <summary>Everything random and everything that has a state: dropout, augmentation, momentum, a schedule per iteration, a backbone that thaws.</summary>
    private static readonly Hyperparameters Everything = Hyperparameters.Default with
    {
        Model = "lenet5",
        Epochs = 3,
        BatchSize = 32,
        Augmentation = "standard",
        Dropout = 0.3,
        FreezeEpochs = 1,
        LabelSmoothing = 0.1,
        Scheduler = SchedulerKind.OneCycle,
        BackboneLearningRate = 5e-4,
    };

    /// <summary>Iterations of an epoch with 200 images.</summary>
    private const int Iterations = 7;

    [Theory]
    [InlineData(OptimizerKind.Adam, 3)]
    [InlineData(OptimizerKind.Sgd, Iterations)]
    [InlineData(OptimizerKind.RmsProp, Iterations + 1)]
    [InlineData(OptimizerKind.AdamW, (2 * Iterations) + 5)]
    public void Train_StoppedAndResumed_GivesTheSameBits(OptimizerKind optimizer, long stopAfter)
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = Everything with { Optimizer = optimizer };
        TrainingJob whole = fixture.Job(settings);
        RecordingListener expected = fixture.Train(whole);

        TrainingJob first = fixture.Job(settings);
        RecordingListener before = Stop(fixture, first, stopAfter);
        TrainingJob second = fixture.Job(settings, resumeFrom: first.Folder);
        RecordingListener after = fixture.Train(second);

        Assert.Equal(expected.Reproducible, before.Reproducible.Concat(after.Reproducible));
        AssertSameFiles(whole, second);
    }

    /// <summary>Combinations of what changes a step or lasts over steps.</summary>
    public static TheoryData<string, long> Options => new(
        from name in Combinations.Keys
        from stopAfter in (long[])[1, Iterations, Iterations + 3]
        select (name, stopAfter));

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
    public void Train_WithOptionsStoppedAndResumed_GivesTheSameBits(string combination, long stopAfter)
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = Combinations[combination];
        TrainingJob whole = fixture.Job(settings);
        RecordingListener expected = fixture.Train(whole);

        TrainingJob first = fixture.Job(settings);
        RecordingListener before = Stop(fixture, first, stopAfter);
        TrainingJob second = fixture.Job(settings, resumeFrom: first.Folder);
        RecordingListener after = fixture.Train(second);

        Assert.Equal(expected.Reproducible, before.Reproducible.Concat(after.Reproducible));
        AssertSameFiles(whole, second);
    }

    [Fact]
    public void Train_ResNetStoppedAndResumed_GivesTheSameBits()
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = Everything with { Model = "resnet18", Epochs = 2, BatchSize = 16, Augmentation = "flip" };
        DatasetSpec few = TrainingFixture.Digits(limit: 48);
        TrainingJob whole = fixture.Job(settings, few);
        RecordingListener expected = fixture.Train(whole);

        TrainingJob first = fixture.Job(settings, few);
        RecordingListener before = Stop(fixture, first, iteration: 4);
        TrainingJob second = fixture.Job(settings, few, first.Folder);
        RecordingListener after = fixture.Train(second);

        Assert.Equal(expected.Reproducible, before.Reproducible.Concat(after.Reproducible));
        AssertSameFiles(whole, second);
    }

    [Fact]
    public void Train_AfterAnotherRunInTheSameProcess_GivesTheSameBits()
    {
        using var fixture = new TrainingFixture();
        TrainingJob alone = fixture.Job(Everything);
        RecordingListener expected = fixture.Train(alone);
        fixture.Train(fixture.Job(Everything with { Seed = 7, Model = "small_cnn", Epochs = 1 }));
        TorchSharp.torch.manual_seed(12345);

        TrainingJob again = fixture.Job(Everything);
        RecordingListener actual = fixture.Train(again);

        Assert.Equal(expected.Reproducible, actual.Reproducible);
        AssertSameFiles(alone, again);
    }

    [Fact]
    public void Train_AnotherSeed_GivesOtherWeights()
    {
        using var fixture = new TrainingFixture();
        RecordingListener one = fixture.Train(fixture.Job(Everything with { Epochs = 1 }));
        RecordingListener other = fixture.Train(fixture.Job(Everything with { Epochs = 1, Seed = 43 }));

        Assert.NotEqual(one.Reproducible, other.Reproducible);
    }

    [Theory]
    [InlineData(0, new[] { 1, 2, 3 })]
    [InlineData(1, new[] { 2, 3 })]
    [InlineData(2, new[] { 3 })]
    public void Train_ResumedFromACheckpointThatIsAhead_TellsTheEpochsThatNobodyKnows(int known, int[] told)
    {
        using var fixture = new TrainingFixture();
        TrainingJob first = fixture.Job(Everything);
        RecordingListener before = Stop(fixture, first, (2 * Iterations) + 2);

        TrainingJob second = fixture.Job(Everything, resumeFrom: first.Folder);
        RecordingListener after = fixture.Train(second with { Epochs = second.Epochs with { First = known } });

        Assert.Equal(told, after.Epochs.Select(epoch => epoch.Epoch));
        Assert.All(after.Epochs.Where(epoch => epoch.Epoch <= 2), epoch => Assert.Equal(before.Epochs[epoch.Epoch - 1].Metrics, epoch.Metrics));
        Assert.DoesNotContain(after.Metrics, metric => metric.Name == "batch/loss" && metric.Step <= (2 * Iterations) + 2);
    }

    [Fact]
    public void Train_CheckpointCutShort_GoesOnFromThePreviousOne()
    {
        using var fixture = new TrainingFixture();
        RecordingListener expected = fixture.Train(fixture.Job(Everything));
        TrainingJob first = fixture.Job(Everything);
        Stop(fixture, first, (2 * Iterations) + 3);
        CutShort(Path.Combine(first.Folder, RunFiles.Checkpoint));

        TrainingJob second = fixture.Job(Everything, resumeFrom: first.Folder);
        RecordingListener after = fixture.Train(second);

        Assert.Equal([1, 2, 3], after.Epochs.Select(epoch => epoch.Epoch));
        Assert.Equal(expected.Reproducible.TakeLast(5), after.Reproducible.TakeLast(5));
        Assert.Contains(fixture.Log.Warnings, warning => warning.Contains(RunFiles.Checkpoint, StringComparison.Ordinal));
    }

    [Fact]
    public void Train_BothCheckpointsAltered_StartsAfreshWithAWarning()
    {
        using var fixture = new TrainingFixture();
        RecordingListener expected = fixture.Train(fixture.Job(Everything));
        TrainingJob first = fixture.Job(Everything);
        Stop(fixture, first, (2 * Iterations) + 3);
        Alter(Path.Combine(first.Folder, RunFiles.Checkpoint));
        Alter(Path.Combine(first.Folder, RunFiles.PreviousCheckpoint));

        RecordingListener after = fixture.Train(fixture.Job(Everything, resumeFrom: first.Folder));

        Assert.Equal(expected.Reproducible, after.Reproducible);
        Assert.Contains(fixture.Log.Warnings, warning => warning.Contains("starts afresh", StringComparison.Ordinal));
    }

    [Fact]
    public void Train_CheckpointOfAnotherConfiguration_StartsAfreshWithAWarning()
    {
        using var fixture = new TrainingFixture();
        TrainingJob first = fixture.Job(Everything);
        Stop(fixture, first, Iterations + 3);

        RecordingListener after = fixture.Train(fixture.Job(Everything with { Model = "small_cnn", Epochs = 1 }, resumeFrom: first.Folder));

        Assert.Equal([1], after.Epochs.Select(epoch => epoch.Epoch));
        Assert.Contains(fixture.Log.Warnings, warning => warning.Contains("does not fit the run", StringComparison.Ordinal));
    }

    [Fact]
    public void Train_ResumedAtTheEnd_CompletesWithoutTraining()
    {
        using var fixture = new TrainingFixture();
        TrainingJob first = fixture.Job(Everything);
        fixture.Train(first);

        TrainingJob second = fixture.Job(Everything, resumeFrom: first.Folder);
        RecordingListener after = fixture.Train(second);

        Assert.Equal([1, 2, 3], after.Epochs.Select(epoch => epoch.Epoch));
        Assert.Empty(after.Metrics);
        AssertSameFiles(first, second);
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

    [Fact]
    public void Train_Cancelled_ThrowsAndSavesNothing()
    {
        using var fixture = new TrainingFixture();
        using var cancel = new CancellationTokenSource();
        TrainingJob job = fixture.Job(Everything);
        var listener = new RecordingListener { OnIteration = _ => cancel.Cancel() };

        Assert.Throws<OperationCanceledException>(() => fixture.Trainer.Train(job, listener, CancellationToken.None, cancel.Token));

        Assert.False(File.Exists(Path.Combine(job.Folder, RunFiles.Checkpoint)));
    }

    [Fact]
    public void Train_StoppedBeforeTheFirstIteration_KeepsWhatItWasGiven()
    {
        using var fixture = new TrainingFixture();
        TrainingJob first = fixture.Job(Everything);
        Stop(fixture, first, Iterations + 2);
        TrainingJob second = fixture.Job(Everything, resumeFrom: first.Folder);

        TrainingOutcome outcome = fixture.Trainer.Train(second, new RecordingListener(), new CancellationToken(true), CancellationToken.None);

        Assert.Equal(TrainingOutcome.Stopped, outcome);
        Assert.True(File.Exists(Path.Combine(second.Folder, RunFiles.Best)));
        Assert.Equal([1, 2, 3], fixture.Train(fixture.Job(Everything, resumeFrom: second.Folder)).Epochs.Select(epoch => epoch.Epoch));
    }

    private static RecordingListener Stop(TrainingFixture fixture, TrainingJob job, long iteration)
    {
        using var stop = new CancellationTokenSource();
        var listener = new RecordingListener { OnIteration = step => StopAt(step) };
        Assert.Equal(TrainingOutcome.Stopped, fixture.Trainer.Train(job, listener, stop.Token, CancellationToken.None));
        return listener;

        void StopAt(long step)
        {
            if (step == iteration)
            {
                stop.Cancel();
            }
        }
    }

    private static void AssertSameFiles(TrainingJob expected, TrainingJob actual)
    {
        foreach (string name in (string[])[RunFiles.Best, RunFiles.Last, RunFiles.Compression, RunFiles.Quantized])
        {
            Assert.Equal(File.Exists(Path.Combine(expected.Folder, name)), File.Exists(Path.Combine(actual.Folder, name)));
        }

        foreach (string name in Directory.GetFiles(expected.Folder, "*.safetensors").Select(Path.GetFileName).Where(name => !name!.StartsWith("checkpoint", StringComparison.Ordinal))!)
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(expected.Folder, name)), File.ReadAllBytes(Path.Combine(actual.Folder, name)));
        }
    }

    private static void CutShort(string path)
    {
        using FileStream stream = File.OpenWrite(path);
        stream.SetLength(stream.Length - 1);
    }

    private static void Alter(string path)
    {
        byte[] content = File.ReadAllBytes(path);
        content[^5] ^= 1;
        File.WriteAllBytes(path, content);
    }
}
