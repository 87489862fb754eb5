namespace Experiments.Contracts.Catalog;

/// <summary>Architectures that belong together.</summary>
public sealed record ModelFamily(string Name, IReadOnlyList<ModelInfo> Models);

/// <summary>The models of the catalog by family, in the order in which they are listed.</summary>
public static class ModelFamilies
{
    /// <summary>By how the models' names begin.</summary>
    private static readonly (string Name, string[] Beginnings)[] Names =
    [
        ("Small networks", ["small_cnn", "lenet", "student_"]),
        ("AlexNet and VGG", ["alexnet", "vgg"]),
        ("ResNet", ["resnet"]),
        ("DenseNet and GoogLeNet", ["densenet", "googlenet"]),
        ("MobileNet and EfficientNet", ["mobilenet", "efficientnet"]),
        ("Transformers", ["vit_", "swin_", "deit_", "beit_"]),
    ];

    /// <summary>Every model of the catalog is in exactly one family.</summary>
    public static IReadOnlyList<ModelFamily> All { get; } =
    [
        .. Names.Select(family => new ModelFamily(
            family.Name, [.. ModelCatalog.All.Where(model => family.Beginnings.Any(beginning => model.Name.StartsWith(beginning, StringComparison.Ordinal)))])),
    ];
}
