using Experiments.Contracts.Catalog;

namespace Experiments.Contracts.Configuration;

/// <summary>Resolves the values that a configuration leaves to the data set and the architecture.</summary>
public static class CellDefaults
{
    /// <summary>The largest side in pixels that counts as small.</summary>
    public const int LargestSmallImage = 64;

    /// <summary>Images enlarged by more than this hold nothing that a finer stem would see.</summary>
    private const int MostEnlarged = 2;

    /// <summary><paramref name="hyperparameters"/> with image size and small input resolved. Idempotent.</summary>
    /// <exception cref="ArgumentException">There is no such data set.</exception>
    public static Hyperparameters Resolve(Hyperparameters hyperparameters, DatasetSpec dataset)
    {
        DatasetInfo info = DatasetCatalog.Find(dataset.Name)
            ?? throw new ArgumentException($"unknown data set: \"{dataset.Name}\"", nameof(dataset));
        int imageSize = hyperparameters.ImageSize ?? info.DefaultImageSize;
        bool smallInput = ModelCatalog.Find(hyperparameters.Model) is { SmallInput: true }
            && (hyperparameters.SmallInput ?? SuitsSmallInput(hyperparameters, info, imageSize));
        return hyperparameters.ImageSize == imageSize && hyperparameters.SmallInput == smallInput
            ? hyperparameters
            : hyperparameters with { ImageSize = imageSize, SmallInput = smallInput };
    }

    // Weights published for ImageNet were trained with the large stem, also where the file is given by its path.
    private static bool SuitsSmallInput(Hyperparameters hyperparameters, DatasetInfo dataset, int imageSize) =>
        hyperparameters.Pretrained != "imagenet"
        && PublishedWeights.FindFile(Path.GetFileName(hyperparameters.Pretrained)) is null
        && imageSize <= LargestSmallImage
        && (dataset.NativeSize is not { } native || imageSize <= MostEnlarged * native);
}
