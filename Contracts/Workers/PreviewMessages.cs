
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Workers;

/// <summary>
/// Request to any worker, busy or not: what do these training images look like after augmentation? Answered by <see cref="AugmentationPreview"/> or
/// <see cref="PreviewRefused"/>.
/// </summary>
public sealed record PreviewAugmentation
{
    /// <summary>Images that are shown when the request does not say how many.</summary>
    public const int DefaultCount = 8;

    /// <summary>The augmentation, in the format of <see cref="Hyperparameters.Augmentation"/>.</summary>
    public required string Augmentation { get; init; }

    /// <summary>The data set whose training images are shown.</summary>
    public required DatasetSpec Dataset { get; init; }

    /// <summary>Pixels a side that the images are scaled to. Large ones are shown smaller.</summary>
    public required int ImageSize { get; init; }

    /// <summary>How many images.</summary>
    public int Count { get; init; } = DefaultCount;

    /// <summary>Chooses the images and varies them, as the first epoch of a run with that seed would.</summary>
    public long Seed { get; init; }
}

/// <summary>Images before and after, each a PNG file, in the same order.</summary>
public sealed record AugmentationPreview(IReadOnlyList<byte[]> Original, IReadOnlyList<byte[]> Augmented);

/// <param name="Reason">Why the worker cannot show it.</param>
public sealed record PreviewRefused(string Reason);
