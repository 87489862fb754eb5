using Experiments.Contracts.Api;

namespace Experiments.Contracts.Workers;

/// <summary>Request to any worker: which class does a run's model predict for a picture? Answered by <see cref="PredictionView"/> or <see cref="ModelRequestRefused"/>.</summary>
/// <param name="RunId">The run that holds the weights.</param>
/// <param name="Attempt">The attempt that stored them.</param>
/// <param name="Image">A file: JPEG, PNG, BMP or WebP.</param>
public sealed record PredictImage(string RunId, int Attempt, byte[] Image);

/// <summary>Request to any worker: which layers does a network have? Answered by <see cref="ModelSummary"/> or <see cref="ModelRequestRefused"/>.</summary>
/// <param name="ImageSize">Pixels a side.</param>
public sealed record DescribeModel(string Model, int Classes, int ImageSize, bool SmallInput);

/// <summary>What was wrong with a request.</summary>
public enum ModelRequestProblem
{
    /// <summary>The picture cannot be decoded.</summary>
    Image,

    /// <summary>The weights are missing, damaged or of an unknown network.</summary>
    Weights,

    /// <summary>There is no such network.</summary>
    Shape,
}

/// <summary>The request cannot be fulfilled by any worker.</summary>
/// <param name="Reason">In words for the user.</param>
public sealed record ModelRequestRefused(ModelRequestProblem Problem, string Reason);
