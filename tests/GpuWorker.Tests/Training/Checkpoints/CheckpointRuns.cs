using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Training.Checkpoints;
using static Experiments.GpuWorker.Tests.Training.Interruption;

namespace Experiments.GpuWorker.Tests.Training.Checkpoints;

/// <summary>Runs with given checkpoint settings, and their checkpoints.</summary>
internal static class CheckpointRuns
{
    /// <summary>More seconds than any test trains.</summary>
    public const string Never = "3600";

    public static Hyperparameters Six { get; } = Everything with { Epochs = 6 };

    public static TrainingFixture Fixture(string seconds, string? memory) => memory is null
        ? new TrainingFixture(("Worker:CheckpointSeconds", seconds))
        : new TrainingFixture(("Worker:CheckpointSeconds", seconds), ("Worker:CheckpointMemoryBytes", memory));

    /// <summary>The finished epochs of the checkpoint in a job's folder.</summary>
    public static int EpochOf(TrainingJob job)
    {
        using SafetensorsContent content = SafetensorsFile.Read(Path.Combine(job.Folder, RunFiles.Checkpoint), requireChecksum: true);
        return RunCheckpoint.StateOf(content).Epoch;
    }
}
