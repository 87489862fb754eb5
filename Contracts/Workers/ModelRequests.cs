using Experiments.Contracts.Api;

namespace Experiments.Contracts.Workers;

/// <summary>Request to any worker: what does a run's model take a picture for? Answered by <see cref="PredictionView"/> or <see cref="ModelRequestRefused"/>.</summary>
/// <param name="RunId">The run that holds the weights.</param>
/// <param name="Attempt">The attempt that left them.</param>
/// <param name="Image">A file: JPEG, PNG, BMP or WebP.</param>
public sealed record PredictImage(string RunId, int Attempt, byte[] Image);

/// <summary>Request to any worker: what is a network made of? Answered by <see cref="ModelSummary"/> or <see cref="ModelRequestRefused"/>.</summary>
/// <param name="ImageSize">Pixels a side.</param>
public sealed record DescribeModel(string Model, int Classes, int ImageSize, bool SmallInput);

/// <summary>What was wrong with a request.</summary>
public enum ModelRequestProblem
{
    /// <summary>The picture cannot be decoded.</summary>
    Image,

    /// <summary>The weights are missing, damaged or of a network that this worker does not know.</summary>
    Weights,

    /// <summary>There is no such network.</summary>
    Shape,
}

/// <summary>The worker cannot do what was asked, nor could another one.</summary>
/// <param name="Reason">In words for the user.</param>
public sealed record ModelRequestRefused(ModelRequestProblem Problem, string Reason);
