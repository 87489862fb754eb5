namespace Experiments.Contracts.Runs;

/// <summary>The artifacts that services exchange.</summary>
public static class ArtifactNames
{
    /// <summary>The prefix of the names of all checkpoint files.</summary>
    public const string CheckpointPrefix = "checkpoint";

    /// <summary>The state that an attempt resumes from.</summary>
    public const string Checkpoint = "checkpoint.safetensors";

    /// <summary>The previous checkpoint, in case <see cref="Checkpoint"/> is damaged.</summary>
    public const string PreviousCheckpoint = "checkpoint.previous.safetensors";

    /// <summary>The weights of the epoch with the best objective, present from the first finished epoch.</summary>
    public const string BestWeights = "best.safetensors";

    /// <summary>The previous <see cref="BestWeights"/>: an attempt resumes with these until the checkpoint that belongs to the new ones has been saved.</summary>
    public const string PreviousBestWeights = "checkpoint.best.safetensors";

    /// <summary>The evaluation of the best weights: an <see cref="Api.EvaluationReport"/>.</summary>
    public const string Evaluation = "evaluation.json";

    /// <summary>The mistakes that the best weights make with the highest confidence: a list of <see cref="Api.Mistake"/>.</summary>
    public const string Mistakes = "mistakes.json";

    /// <summary>The predictions of the best weights for each image, as CSV: place, label, predicted, then the most probable classes and probabilities.</summary>
    public const string Predictions = "predictions.csv";
}
