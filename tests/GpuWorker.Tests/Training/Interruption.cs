using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;

namespace Experiments.GpuWorker.Tests.Training;

/// <summary>Trainings that are stopped and resumed.</summary>
internal static class Interruption
{
    /// <summary>Everything random and everything that has a state: dropout, augmentation, momentum, a schedule per iteration, gradual unfreezing.</summary>
    public static Hyperparameters Everything { get; } = Hyperparameters.Default with
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

    /// <summary>Iterations per epoch with 200 images.</summary>
    public const int Iterations = 7;

    /// <summary>Trains until an iteration is done.</summary>
    public static RecordingListener Stop(TrainingFixture fixture, TrainingJob job, long iteration)
    {
        using var stop = new CancellationTokenSource();
        RecordingListener listener = Cancelling(stop, iteration);
        Assert.Equal(TrainingOutcome.Stopped, fixture.Trainer.Train(job, listener, stop.Token, CancellationToken.None));
        return listener;
    }

    /// <summary>Trains once without interruption, and once stopped and resumed in another folder: weights, compressed files and metrics must be the same, bit for bit.</summary>
    public static void AssertSameBits(TrainingFixture fixture, Hyperparameters settings, long stopAfter, DatasetSpec? dataset = null) =>
        AssertSameBits(fixture, settings, [stopAfter], dataset);

    /// <summary>Trains once without interruption, and once for each iteration after which it is stopped and resumed in another folder.</summary>
    public static void AssertSameBits(TrainingFixture fixture, Hyperparameters settings, IReadOnlyList<long> stopAfter, DatasetSpec? dataset = null)
    {
        TrainingJob whole = fixture.Job(settings, dataset);
        RecordingListener expected = fixture.Train(whole);

        Assert.All(stopAfter, iteration =>
        {
            TrainingJob first = fixture.Job(settings, dataset);
            RecordingListener before = Stop(fixture, first, iteration);
            TrainingJob second = fixture.Job(settings, dataset, first.Folder);
            RecordingListener after = fixture.Train(second);

            Assert.Equal(expected.Reproducible, before.Reproducible.Concat(after.Reproducible));
            AssertSameFiles(whole, second);
        });
    }

    /// <summary>Like <see cref="AssertSameBits(TrainingFixture, Hyperparameters, long, DatasetSpec?)"/>, for a process that is killed: it resumes from the previous epoch.</summary>
    public static void AssertSameBitsAfterKill(TrainingFixture fixture, Hyperparameters settings, long killAfter)
    {
        TrainingJob whole = fixture.Job(settings);
        RecordingListener expected = fixture.Train(whole);

        TrainingJob first = fixture.Job(settings);
        using var cancel = new CancellationTokenSource();
        RecordingListener before = Cancelling(cancel, killAfter);
        Assert.Throws<OperationCanceledException>(() => fixture.Trainer.Train(first, before, CancellationToken.None, cancel.Token));
        TrainingJob second = fixture.Job(settings, resumeFrom: first.Folder);
        RecordingListener after = fixture.Train(second);

        Assert.InRange(before.Epochs.Count, 1, settings.Epochs - 1);
        Assert.Equal(settings.Epochs - before.Epochs.Count, after.Metrics.Count(metric => metric.Name == MetricNames.TrainLoss));
        Assert.Equal(expected.Reproducible.TakeLast(after.Reproducible.Count()), after.Reproducible);
        AssertSameFiles(whole, second);
    }

    public static void AssertSameFiles(TrainingJob expected, TrainingJob actual)
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

    private static RecordingListener Cancelling(CancellationTokenSource source, long iteration)
    {
        return new RecordingListener { OnIteration = CancelAt };

        void CancelAt(long step)
        {
            if (step == iteration)
            {
                source.Cancel();
            }
        }
    }
}
