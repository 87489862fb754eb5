namespace Experiments.Contracts.Catalog;

/// <summary>
/// Weights for ImageNet's 1,000 classes that the authors of an implementation published: mostly IMAGENET1K_V1 of torchvision (the EfficientNets
/// under the names that they have since 0.17, because those of before do not match their content: https://github.com/pytorch/vision/issues/7744).
/// </summary>
/// <param name="File">Ends with the first digits of the SHA-256 of its content, as PyTorch's hub names files.</param>
public sealed record PublishedWeights(string File)
{
    /// <summary>In the order of <see cref="ModelCatalog"/>.</summary>
    public static IReadOnlyList<PublishedWeights> All => [.. ModelCatalog.Architectures.Select(architecture => architecture.Weights).OfType<PublishedWeights>()];

    /// <summary>The name in <see cref="ModelCatalog"/>, which <see cref="Architecture"/> sets.</summary>
    public string Model { get; init; } = "";

    /// <summary>Where it is published.</summary>
    public Uri Folder { get; init; } = new("https://download.pytorch.org/models/");

    /// <summary>The mean of red, green and blue that images are normalized with, in [0, 1].</summary>
    public IReadOnlyList<double> Mean { get; init; } = [0.485, 0.456, 0.406];

    /// <summary>The standard deviation of red, green and blue that images are normalized with.</summary>
    public IReadOnlyList<double> Deviation { get; init; } = [0.229, 0.224, 0.225];

    /// <summary>Hexadecimal digits that the SHA-256 of the content begins with.</summary>
    public string HashPrefix => Path.GetFileNameWithoutExtension(File).Split('-')[^1];

    /// <summary>The weights for a model; null where none are published.</summary>
    public static PublishedWeights? Find(string model) => ModelCatalog.FindArchitecture(model)?.Weights;

    /// <summary>The weights that are published under that file name; null for any other file.</summary>
    public static PublishedWeights? FindFile(string fileName) => All.FirstOrDefault(weights => weights.File == fileName);
}
