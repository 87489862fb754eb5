using Experiments.ServiceDefaults;

namespace Experiments.GpuWorker.Settings;

/// <summary>How this worker trains; section <c>Worker</c>.</summary>
public sealed record TrainingOptions
{
    public const string Section = "Worker";

    /// <summary><c>auto</c> (the first GPU if there is one), <c>cpu</c> or <c>cuda:N</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Threads of one run's computations on the CPU. Results are bit-identical only between equal numbers.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Whether numbers below about 1.2e-38 count as zero while a run computes on the CPU, as with <c>torch.set_flush_denormal(True)</c>. CPUs are many
    /// times slower with them. Results are bit-identical only between equal settings.
    /// </summary>
    public bool FlushDenormals { get; init; } = true;

    /// <summary>Bytes of main memory that decoded images may take; null for 1 GiB, or a quarter of the memory where that is less.</summary>
    public long? DatasetMemoryBytes { get; init; }

    /// <summary>
    /// At least so many seconds lie between two checkpoints: shorter epochs share one. 0 for one after each epoch. What a kill costs grows with it; results
    /// do not depend on it.
    /// </summary>
    public double CheckpointSeconds { get; init; } = 10;

    /// <summary>
    /// Bytes of main memory that the copies of a run's state and of its best weights may take from which a checkpoint is written while the next epoch trains;
    /// training waits for the writing of larger ones. Null for 1.5 GiB, or a quarter of the memory where that is less.
    /// </summary>
    public long? CheckpointMemoryBytes { get; init; }

    /// <summary>Enough for ResNet-152 with Adam and a moving average, and for ViT-B/16 with Adam, the best weights included.</summary>
    internal static long DefaultCheckpointMemoryBytes => Math.Min(3L << 29, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

    /// <summary>Enough for CIFAR or MNIST at any usual size; what is larger streams, so that a worker takes a known part of its machine.</summary>
    internal static long DefaultDatasetMemoryBytes => Math.Min(1L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

    /// <exception cref="ServiceConfigurationException">A value is out of range.</exception>
    internal void Validate()
    {
        if (Threads is < 1 or > 1024)
        {
            throw new ServiceConfigurationException($"Worker:Threads is \"{Threads}\"; allowed: 1 to 1024");
        }

        if (DatasetMemoryBytes < 1)
        {
            throw new ServiceConfigurationException($"Worker:DatasetMemoryBytes is \"{DatasetMemoryBytes}\"; allowed: at least 1, or nothing for 1 GiB");
        }

        if (CheckpointSeconds is not (>= 0 and <= 3600))
        {
            throw new ServiceConfigurationException($"Worker:CheckpointSeconds is \"{CheckpointSeconds}\"; allowed: 0 (a checkpoint after every epoch) to 3600");
        }

        if (CheckpointMemoryBytes < 0)
        {
            throw new ServiceConfigurationException($"Worker:CheckpointMemoryBytes is \"{CheckpointMemoryBytes}\"; allowed: at least 0 (training waits for each checkpoint), or nothing for 1.5 GiB");
        }
    }
}
