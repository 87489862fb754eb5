using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;

namespace Experiments.GpuWorker.Jobs;

/// <summary>Everything that determines a stretch of training, and where its files go.</summary>
public sealed record TrainingJob
{
    public required Hyperparameters Hyperparameters { get; init; }

    public required DatasetSpec Dataset { get; init; }

    /// <summary>Decides which epoch's weights are the best.</summary>
    public required ObjectiveSpec Objective { get; init; }

    /// <summary>
    /// Trains until <see cref="EpochRange.Last"/> epochs are finished. Epochs after <see cref="EpochRange.First"/> that a checkpoint holds already
    /// are told again: nobody knows of them.
    /// </summary>
    public required EpochRange Epochs { get; init; }

    /// <summary>Into so many parts each batch is split, beyond gradient accumulation, so that less has to fit the memory at a time.</summary>
    public int BatchParts { get; init; } = 1;

    /// <summary>What the files have to be that a path names; null to take them as they are.</summary>
    public ExpectedInputs? Inputs { get; init; }

    /// <summary>An existing, empty folder: checkpoint, best.safetensors, last.safetensors, config.json and environment.json are written here.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder of an earlier attempt whose checkpoint to go on from; null to start afresh.</summary>
    public string? ResumeFolder { get; init; }
}
