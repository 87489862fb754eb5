using System.Text.Json;

namespace Experiments.Orchestrator.Api.Sweeps;

/// <summary>Which augmentation is shown with which images.</summary>
/// <remarks>For the OpenAPI document; <see cref="Contracts.Api.PreviewReader"/> reads it.</remarks>
internal sealed record AugmentationPreviewBody
{
    /// <summary>The name of an augmentation, or a list of transforms.</summary>
    /// <example>"standard"</example>
    public required JsonElement Augmentation { get; init; }

    /// <summary>The name of a data set, or `{ name, path, validationFraction, limit }`.</summary>
    /// <example>"digits"</example>
    public required JsonElement Dataset { get; init; }

    /// <summary>The side of the images in pixels; the usual one of the data set by default.</summary>
    /// <example>32</example>
    public int? ImageSize { get; init; }

    /// <summary>The seed of the random choices; 42 by default.</summary>
    public long? Seed { get; init; }
}
