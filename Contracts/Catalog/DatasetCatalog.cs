namespace Experiments.Contracts.Catalog;

/// <summary>A data set that a sweep can name.</summary>
/// <param name="Classes">The number of classes; null where the files decide.</param>
/// <param name="Images">The number of images; null where the files decide.</param>
/// <param name="DefaultImageSize">The side in pixels that images are scaled to unless <c>imageSize</c> says otherwise.</param>
/// <param name="NativeSize">The side in pixels that its images have; null where the files decide.</param>
/// <param name="NeedsPath">True where the sweep must name the folder of the files.</param>
/// <param name="Channels">1 for grayscale images, 3 for color images; null if it depends on the files. Models always get 3 channels.</param>
/// <param name="TestImages">How many of the images are a test split; 0 where there is none, null where the files decide.</param>
/// <param name="Download">Where the files are published; workers download them where the sweep names no folder. Null where there is no download.</param>
public sealed record DatasetInfo(
    string Name,
    string Description,
    int? Classes,
    int? Images,
    int DefaultImageSize,
    int? NativeSize,
    bool NeedsPath,
    int? Channels,
    int? TestImages,
    DatasetDownload? Download = null)
{
    /// <summary>True where the sweep may name the folder of the files.</summary>
    public bool TakesPath => NeedsPath || Download is not null;
}

/// <summary>The data sets that workers can read. The readers themselves are in GpuWorker; its tests keep both lists in sync.</summary>
public static class DatasetCatalog
{
    /// <summary>In the order in which forms list them.</summary>
    public static IReadOnlyList<DatasetInfo> All { get; } =
    [
        new("digits", "1,797 handwritten digits of 8×8 pixels (UCI, built in).", 10, 1797, 32, 8, NeedsPath: false, Channels: 1, TestImages: 0),
        new("cifar10", "60,000 photographs of 32×32 pixels in 10 classes: binary files or class folders.", 10, 60_000, 32, 32, NeedsPath: false, Channels: 3, TestImages: 10_000, PublishedDatasets.Cifar10),
        new("cifar100", "60,000 photographs of 32×32 pixels in 100 classes: binary files or class folders.", 100, 60_000, 32, 32, NeedsPath: false, Channels: 3, TestImages: 10_000, PublishedDatasets.Cifar100),
        new("mnist", "70,000 handwritten digits of 28×28 pixels: idx files.", 10, 70_000, 32, 28, NeedsPath: false, Channels: 1, TestImages: 10_000, PublishedDatasets.Mnist),
        new("fashion-mnist", "70,000 grayscale images of clothes of 28×28 pixels in 10 classes: idx files.", 10, 70_000, 32, 28, NeedsPath: false, Channels: 1, TestImages: 10_000, PublishedDatasets.FashionMnist),
        new("imagefolder", "Your own folder: one subfolder of JPEG, PNG, WebP, BMP or GIF files per class, or train and val folders of those.", null, null, 224, null, NeedsPath: true, Channels: null, TestImages: null),
    ];

    /// <summary>The names of <see cref="All"/>, in the same order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(dataset => dataset.Name)];

    /// <summary>The data set of that name, or null.</summary>
    public static DatasetInfo? Find(string name) => All.FirstOrDefault(dataset => dataset.Name == name);
}
