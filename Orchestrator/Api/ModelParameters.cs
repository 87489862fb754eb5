using System.ComponentModel.DataAnnotations;
using Experiments.Orchestrator.Http;

namespace Experiments.Orchestrator.Api;

/// <summary>For what a model is described.</summary>
internal sealed class ModelParameters : QueryParameters
{
    /// <summary>A worker computes a forward pass during its training: images of this size keep that to seconds.</summary>
    public const int LargestImage = 512;

    /// <summary>The number of classes.</summary>
    [Range(2, 100_000)]
    public int Classes { get; init; } = 10;

    /// <summary>The side of the images in pixels, at least the model's `minimumImageSize`; its `usualImageSize` by default.</summary>
    /// <example>224</example>
    [Range(1, LargestImage)]
    public string? ImageSize { get; init; }

    /// <summary>Whether the model has its stem for small images; by default where it has one and the images are small.</summary>
    public bool? SmallInput { get; init; }
}
