using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.Files;

/// <summary>The names of the files that a run leaves in its folder.</summary>
public static class RunFiles
{
    /// <summary>Everything needed to resume.</summary>
    public const string Checkpoint = ArtifactNames.Checkpoint;

    /// <summary>The previous checkpoint, in case <see cref="Checkpoint"/> is damaged.</summary>
    public const string PreviousCheckpoint = ArtifactNames.PreviousCheckpoint;

    /// <summary>The weights of the epoch with the best objective.</summary>
    public const string Best = ArtifactNames.BestWeights;

    /// <summary>The best weights before <see cref="Best"/>, for a checkpoint that refers to them.</summary>
    public const string PreviousBest = ArtifactNames.PreviousBestWeights;

    /// <summary>The weights after the last epoch.</summary>
    public const string Last = "last.safetensors";

    /// <summary>The resolved configuration.</summary>
    public const string Config = "config.json";

    /// <summary>The environment of the training: versions, device, threads.</summary>
    public const string Environment = "environment.json";

    /// <summary>The results of pruning and quantization, if the run has them.</summary>
    public const string Compression = "compression.json";

    /// <summary>The best weights in 8 bits, if the run quantizes them.</summary>
    public const string Quantized = "quantized.safetensors";

    /// <summary>The evaluation of the best weights, see <see cref="Contracts.Api.EvaluationReport"/>.</summary>
    public const string Evaluation = ArtifactNames.Evaluation;

    /// <summary>The prediction of the best weights for each evaluated image.</summary>
    public const string Predictions = ArtifactNames.Predictions;

    /// <summary>A list of <see cref="Contracts.Api.Mistake"/>: those with the highest confidence.</summary>
    public const string Mistakes = ArtifactNames.Mistakes;
}
