using Experiments.Contracts.Configuration;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Jobs;
using static Experiments.GpuWorker.Tests.Training.Interruption;

namespace Experiments.GpuWorker.Tests.Training;

/// <summary>A run that continues from epochs that another run trained has the same weights and metrics as one that trained them itself.</summary>
[Collection(nameof(TrainingTests))]
public class SharedEpochsTests
{
    private static readonly Hyperparameters Base = Everything with { Epochs = 4, Scheduler = SchedulerKind.None };

    /// <summary>Two configurations and the number of epochs that they share.</summary>
    private static Dictionary<string, (Hyperparameters One, Hyperparameters Other, int Shared)> Pairs { get; } = new()
    {
        ["frozen for longer"] = (Base with { FreezeEpochs = 3 }, Base with { FreezeEpochs = 1 }, 1),
        ["frozen throughout"] = (Base with { FreezeEpochs = 4 }, Base with { FreezeEpochs = 2, BackboneLearningRate = 1e-4 }, 2),
        ["another learning rate after thawing"] = (Base with { FreezeEpochs = 2 }, Base with { FreezeEpochs = 2, BackboneLearningRate = 1e-4 }, 2),
        ["gradual thawing"] = (Base with { FreezeEpochs = 2 }, Base with { FreezeEpochs = 2, Unfreeze = UnfreezeKind.Gradual }, 2),
        ["more epochs"] = (Base, Base with { Epochs = 6 }, 3),
        ["a later step"] = (
            Base with { Scheduler = SchedulerKind.Step, SchedulerStepSize = 2 }, Base with { Scheduler = SchedulerKind.Step, SchedulerStepSize = 3 }, 2),
        ["a later milestone"] = (
            Base with { Scheduler = SchedulerKind.MultiStep, SchedulerMilestones = new EpochList([1, 2]) },
            Base with { Scheduler = SchedulerKind.MultiStep, SchedulerMilestones = new EpochList([1, 3]) }, 2),
        ["more patience of plateau"] = (
            Base with { Scheduler = SchedulerKind.Plateau, SchedulerPatience = 1 }, Base with { Scheduler = SchedulerKind.Plateau, SchedulerPatience = 2 }, 1),
        ["cosine over the same epochs"] = (
            Base with { Scheduler = SchedulerKind.Cosine, FreezeEpochs = 2 }, Base with { Scheduler = SchedulerKind.Cosine, FreezeEpochs = 3 }, 2),
        ["one cycle over the same epochs, SGD, average"] = (
            Base with { Scheduler = SchedulerKind.OneCycle, Optimizer = OptimizerKind.Sgd, EmaDecay = 0.9, FreezeEpochs = 2 },
            Base with { Scheduler = SchedulerKind.OneCycle, Optimizer = OptimizerKind.Sgd, EmaDecay = 0.9, FreezeEpochs = 3 }, 2),
        ["early stopping"] = (Base with { EarlyStoppingPatience = 2 }, Base with { EarlyStoppingPatience = 3 }, 2),
        ["pruned or not"] = (Base with { Pruning = 0.5, PruningEpochs = 1 }, Base, 2),
        ["pruned differently"] = (
            Base with { Pruning = 0.5, PruningEpochs = 2, EmaDecay = 0.9 }, Base with { Pruning = 0.7, PruningEpochs = 2, EmaDecay = 0.9 }, 1),
        ["quantized or not, RMSprop, warm-up, mixing"] = (
            Base with { Quantization = QuantizationKind.Int8, Optimizer = OptimizerKind.RmsProp, WarmupEpochs = 2, Mixup = 0.2, Cutmix = 1 },
            Base with { Optimizer = OptimizerKind.RmsProp, WarmupEpochs = 2, Mixup = 0.2, Cutmix = 1 }, 3),
    };

    public static TheoryData<string> Names => [.. Pairs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Train_FromEpochsOfAnotherRun_GivesTheSameBits(string pair)
    {
        (Hyperparameters one, Hyperparameters other, int shared) = Pairs[pair];
        using var fixture = new TrainingFixture();

        Assert.Equal(shared, TrainingPrefix.SharedEpochs(one, other));
        AssertSameBitsAfter(fixture, one, other, shared);
        AssertSameBitsAfter(fixture, other, one, shared);
    }

    [Fact]
    public void Train_FromACheckpointThatTrainedItsEpochsDifferently_StartsFromTheBeginning()
    {
        using var fixture = new TrainingFixture();
        TrainingJob leader = fixture.Job(Base) with { Epochs = new EpochRange(0, 2) };
        fixture.Train(leader);

        TrainingJob job = fixture.Job(Base with { LearningRate = 0.01 }, resumeFrom: leader.Folder);
        RecordingListener follower = fixture.Train(job);

        Assert.Contains(fixture.Log.Warnings, line => line.Contains("made with another configuration", StringComparison.Ordinal));
        Assert.Equal(Base.Epochs, follower.Trained.Count);
    }

    private static void AssertSameBitsAfter(TrainingFixture fixture, Hyperparameters leads, Hyperparameters follows, int shared)
    {
        TrainingJob whole = fixture.Job(follows);
        RecordingListener expected = fixture.Train(whole);

        TrainingJob leader = fixture.Job(leads) with { Epochs = new EpochRange(0, shared) };
        fixture.Train(leader);
        TrainingJob job = fixture.Job(follows, resumeFrom: leader.Folder);
        RecordingListener follower = fixture.Train(job);

        Assert.Equal(Reproducible(expected), Reproducible(follower));
        Assert.Equal(follows.Epochs - shared, follower.Trained.Count + (follows.Epochs - expected.Trained.Count));
        AssertSameFiles(whole, job);
    }

    /// <summary>The reported metrics of all epochs, without times.</summary>
    private static IEnumerable<string> Reproducible(RecordingListener listener) => listener.Epochs.Select(epoch =>
        $"{epoch.Epoch} {epoch.Iteration} {string.Join(' ', epoch.Metrics.Where(metric => !metric.Key.StartsWith("system/", StringComparison.Ordinal)).OrderBy(metric => metric.Key).Select(metric => $"{metric.Key}={metric.Value:R}"))}");
}
