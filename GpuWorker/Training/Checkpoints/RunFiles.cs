namespace Experiments.GpuWorker.Training.Checkpoints;

/// <summary>The names of the files that a run leaves in its folder.</summary>
public static class RunFiles
{
    /// <summary>All that is needed to go on.</summary>
    public const string Checkpoint = "checkpoint.safetensors";

    /// <summary>The one before, in case <see cref="Checkpoint"/> is damaged.</summary>
    public const string PreviousCheckpoint = "checkpoint.previous.safetensors";

    /// <summary>The weights of the epoch with the best objective.</summary>
    public const string Best = "best.safetensors";

    /// <summary>The weights at the end.</summary>
    public const string Last = "last.safetensors";

    /// <summary>The resolved configuration.</summary>
    public const string Config = "config.json";

    /// <summary>What the run was trained with: versions, device, threads.</summary>
    public const string Environment = "environment.json";

    /// <summary>What pruning and quantisation came to, where a run has them.</summary>
    public const string Compression = "compression.json";

    /// <summary>The best weights in 8 bits, where a run quantises them.</summary>
    public const string Quantized = "quantized.safetensors";
}
