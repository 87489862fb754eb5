using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Training;
using Experiments.GpuWorker.Training.Checkpoints;

namespace Experiments.GpuWorker.Tests.Training;

/// <summary>Trainings that are stopped and resumed.</summary>
internal static class Interruption
{
    /// <summary>Everything random and everything that has a state: dropout, augmentation, momentum, a schedule per iteration, a backbone that thaws.</summary>
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

    /// <summary>Iterations of an epoch with 200 images.</summary>
    public const int Iterations = 7;

    /// <summary>Trains until an iteration is done.</summary>
    public static RecordingListener Stop(TrainingFixture fixture, TrainingJob job, long iteration)
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

    /// <summary>Trains once in one go, and once stopped and resumed in another folder: weights, compressed files and metrics must be the same, bit for bit.</summary>
    public static void AssertSameBits(TrainingFixture fixture, Hyperparameters settings, long stopAfter, DatasetSpec? dataset = null)
    {
        TrainingJob whole = fixture.Job(settings, dataset);
        RecordingListener expected = fixture.Train(whole);

        TrainingJob first = fixture.Job(settings, dataset);
        RecordingListener before = Stop(fixture, first, stopAfter);
        TrainingJob second = fixture.Job(settings, dataset, first.Folder);
        RecordingListener after = fixture.Train(second);

        Assert.Equal(expected.Reproducible, before.Reproducible.Concat(after.Reproducible));
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
}
