using Experiments.Contracts.Runs;

namespace Experiments.GpuWorker.Files;

/// <summary>The names of the files that a run leaves in its folder.</summary>
public static class RunFiles
{
    /// <summary>All that is needed to go on.</summary>
    public const string Checkpoint = ArtifactNames.Checkpoint;

    /// <summary>The one before, in case <see cref="Checkpoint"/> is damaged.</summary>
    public const string PreviousCheckpoint = ArtifactNames.PreviousCheckpoint;

    /// <summary>The weights of the epoch with the best objective.</summary>
    public const string Best = ArtifactNames.BestWeights;

    /// <summary>The best weights before <see cref="Best"/>, for a checkpoint that speaks of those.</summary>
    public const string PreviousBest = ArtifactNames.PreviousBestWeights;

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

    /// <summary>How good the best weights are, see <see cref="Contracts.Api.EvaluationReport"/>.</summary>
    public const string Evaluation = ArtifactNames.Evaluation;

    /// <summary>What the best weights make of each image that they are evaluated on.</summary>
    public const string Predictions = ArtifactNames.Predictions;

    /// <summary>A list of <see cref="Contracts.Api.Mistake"/>: those that the best weights are surest about.</summary>
    public const string Mistakes = ArtifactNames.Mistakes;
}
