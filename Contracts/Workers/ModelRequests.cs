using Experiments.Contracts.Api;

namespace Experiments.Contracts.Workers;

/// <summary>
/// Request to any worker to predict the class of an image with a run's model. Answered by <see cref="PredictionView"/> or <see cref="ModelRequestRefused"/>.
/// </summary>
/// <param name="RunId">The run that holds the weights.</param>
/// <param name="Attempt">The attempt that stored them.</param>
/// <param name="Image">The content of a JPEG, PNG, BMP or WebP file.</param>
public sealed record PredictImage(string RunId, int Attempt, byte[] Image);

/// <summary>Request to any worker to describe the layers of a network. Answered by <see cref="ModelSummary"/> or <see cref="ModelRequestRefused"/>.</summary>
/// <param name="ImageSize">Pixels a side.</param>
public sealed record DescribeModel(string Model, int Classes, int ImageSize, bool SmallInput);

/// <summary>The reason why a request was refused.</summary>
public enum ModelRequestProblem
{
    /// <summary>The image cannot be decoded.</summary>
    Image,

    /// <summary>The weights are missing, damaged or of an unknown network.</summary>
    Weights,

    /// <summary>There is no such network.</summary>
    Shape,
}

/// <summary>The request cannot be fulfilled by any worker.</summary>
/// <param name="Reason">A message for the user.</param>
public sealed record ModelRequestRefused(ModelRequestProblem Problem, string Reason);
