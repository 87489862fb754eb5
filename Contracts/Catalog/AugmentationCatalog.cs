namespace Experiments.Contracts.Catalog;

/// <summary>A named way of varying training images.</summary>
public sealed record AugmentationInfo(string Name, string Description);

/// <summary>The augmentations that workers can apply. The transforms themselves are in GpuWorker; its tests hold both lists together.</summary>
public static class AugmentationCatalog
{
    public static IReadOnlyList<AugmentationInfo> All { get; } =
    [
        new("none", "Images as they are."),
        new("flip", "Horizontal flip of every other image."),
        new("standard", "Random crop with padding 4, horizontal flip, colour jitter (0.2, 0.2, 0.2, 0.1) and rotation up to ±15°."),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(augmentation => augmentation.Name)];
}
