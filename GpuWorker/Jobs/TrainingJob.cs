using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Files;

namespace Experiments.GpuWorker.Jobs;

/// <summary>Everything that determines the training of a range of epochs, and the folder of its files.</summary>
public sealed record TrainingJob
{
    public required Hyperparameters Hyperparameters { get; init; }

    public required DatasetSpec Dataset { get; init; }

    /// <summary>Decides which epoch's weights are the best.</summary>
    public required ObjectiveSpec Objective { get; init; }

    /// <summary>
    /// Trains until <see cref="EpochRange.Last"/> epochs are finished. Epochs after <see cref="EpochRange.First"/> that are already in a checkpoint
    /// are reported again: their report may have been lost.
    /// </summary>
    public required EpochRange Epochs { get; init; }

    /// <summary>Micro-batches per batch, on top of gradient accumulation, to reduce the memory in use.</summary>
    public int BatchParts { get; init; } = 1;

    /// <summary>The expected content of files named by a path; null to skip the check.</summary>
    public ExpectedInputs? Inputs { get; init; }

    /// <summary>An existing, empty folder: checkpoint, best.safetensors, last.safetensors, config.json and environment.json are written here.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder of an earlier attempt to resume from; null to start from the beginning.</summary>
    public string? ResumeFolder { get; init; }

    /// <summary>The path of one of the run's files.</summary>
    /// <param name="name">One of <see cref="RunFiles"/>.</param>
    internal string PathOf(string name) => Path.Combine(Folder, name);
}
