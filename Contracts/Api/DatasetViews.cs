using Experiments.Contracts.Catalog;
using Experiments.Contracts.Workers;

namespace Experiments.Contracts.Api;

/// <summary>A data set as a worker sees it.</summary>
/// <param name="Contents">Null when no worker has its files yet.</param>
/// <param name="WhyNot">Why <paramref name="Contents"/> is null; null if it is not.</param>
public sealed record DatasetView(DatasetInfo Dataset, string? Path, DatasetContentsView? Contents, string? WhyNot);

/// <summary>The contents of a data set.</summary>
/// <param name="Host">The machine of the worker that inspected it.</param>
/// <param name="Classes">In the order of the labels.</param>
/// <param name="Splits">Training first.</param>
/// <param name="HeldBack">The default share of the training images that becomes the validation split; 0 where the data set has a validation split.</param>
/// <param name="Sizes">The sizes of a sample of images from the whole training split.</param>
/// <param name="Reading">How class folders were interpreted; null for fixed layouts.</param>
public sealed record DatasetContentsView(
    string Host, IReadOnlyList<string> Classes, IReadOnlyList<DatasetSplitView> Splits, double HeldBack, DatasetSizes? Sizes,
    DatasetReading? Reading = null);

/// <summary>The images of one split.</summary>
/// <param name="Name"><c>training</c>, <c>validation</c> or <c>test</c>.</param>
/// <param name="Counts">Images of each class.</param>
public sealed record DatasetSplitView(string Name, int Images, IReadOnlyList<int> Counts);

/// <summary>Sizes of the sampled images.</summary>
/// <param name="Channels">1 if all were grayscale, otherwise 3; models always get 3 channels.</param>
/// <param name="Corrupt">The number of sampled images that cannot be decoded.</param>
public sealed record DatasetSizes(int LookedAt, int MinWidth, int MaxWidth, int MinHeight, int MaxHeight, int Channels, int Corrupt);

/// <summary>The status of a data set's check.</summary>
public enum DatasetCheckStatus
{
    /// <summary>Workers are still decoding images.</summary>
    Running,

    /// <summary>Every image was decoded, or reported as unreadable.</summary>
    Completed,

    /// <summary>A user cancelled it.</summary>
    Cancelled,

    /// <summary>It could not be completed.</summary>
    Failed,
}

/// <summary>A check of whether all images of a data set can be decoded.</summary>
/// <param name="Host">The machine of the worker that answered last; null before the first answer.</param>
/// <param name="Images">The number of images in all splits; 0 before the first answer.</param>
/// <param name="Checked">The number of images that have been checked.</param>
/// <param name="UnreadableCount">The number of checked images that cannot be decoded.</param>
/// <param name="Unreadable">The first 1,000 of these images.</param>
/// <param name="Problem">Why the check failed; null if it did not.</param>
public sealed record DatasetCheckView(
    DatasetCheckStatus Status,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    string? Host,
    int Images,
    int Checked,
    int UnreadableCount,
    IReadOnlyList<UnreadableImage> Unreadable,
    string? Problem)
{
    /// <summary>The most images that are listed by name; the others are only counted.</summary>
    public const int MostNamed = 1000;
}

/// <summary>Some training images of one class; the image files are at <c>samples/{class}/{number}</c>.</summary>
/// <param name="Class">The index of the class, from 0.</param>
public sealed record ClassSamplesView(int Class, string Name, IReadOnlyList<SampleView> Samples);

/// <param name="Place">The image file, or the position of the image in a file of several.</param>
/// <param name="Problem">Why it cannot be decoded; null when it can.</param>
public sealed record SampleView(string Place, int Width, int Height, string? Problem);
