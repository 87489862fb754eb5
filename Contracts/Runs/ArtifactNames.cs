namespace Experiments.Contracts.Runs;

/// <summary>The artifacts that services read of one another.</summary>
public static class ArtifactNames
{
    /// <summary>What the names of all files of a checkpoint begin with.</summary>
    public const string CheckpointPrefix = "checkpoint";

    /// <summary>All that is needed to go on.</summary>
    public const string Checkpoint = "checkpoint.safetensors";

    /// <summary>The checkpoint before, in case <see cref="Checkpoint"/> is damaged.</summary>
    public const string PreviousCheckpoint = "checkpoint.previous.safetensors";

    /// <summary>The weights of the epoch with the best objective, there from the first finished epoch.</summary>
    public const string BestWeights = "best.safetensors";

    /// <summary>The previous <see cref="BestWeights"/>: an attempt resumes with these until the checkpoint that belongs to the new ones has been saved.</summary>
    public const string PreviousBestWeights = "checkpoint.best.safetensors";

    /// <summary>How good the best weights are: an <see cref="Api.EvaluationReport"/>.</summary>
    public const string Evaluation = "evaluation.json";

    /// <summary>The mistakes that the best weights are surest about: a list of <see cref="Api.Mistake"/>.</summary>
    public const string Mistakes = "mistakes.json";

    /// <summary>What the best weights made of each image, as CSV: place, label, predicted, then the likeliest classes with their probabilities.</summary>
    public const string Predictions = "predictions.csv";
}
