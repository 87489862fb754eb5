namespace Experiments.Contracts.Runs;

/// <summary>The artifacts that services read of one another.</summary>
public static class ArtifactNames
{
    /// <summary>The weights of the epoch with the best objective, there from the first finished epoch.</summary>
    public const string BestWeights = "best.safetensors";

    /// <summary>How good the best weights are: an <see cref="Api.EvaluationReport"/>.</summary>
    public const string Evaluation = "evaluation.json";

    /// <summary>The mistakes that the best weights are surest about: a list of <see cref="Api.Mistake"/>.</summary>
    public const string Mistakes = "mistakes.json";
}
