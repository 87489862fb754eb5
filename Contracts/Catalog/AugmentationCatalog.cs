namespace Experiments.Contracts.Catalog;

/// <summary>A named augmentation of training images.</summary>
/// <param name="Transforms">Its transforms, in order.</param>
public sealed record AugmentationInfo(string Name, string Description, IReadOnlyList<TransformSetting> Transforms);

/// <summary>The augmentations that have a name. Sweeps can also compose their own from <see cref="TransformCatalog"/>.</summary>
public static class AugmentationCatalog
{
    /// <summary>In the order in which forms list them; <c>none</c> first.</summary>
    public static IReadOnlyList<AugmentationInfo> All { get; } =
    [
        new("none", "Images as they are.", []),
        new("flip", "Horizontal flip of every other image.", [Transform("horizontalFlip")]),
        new("standard", "Random crop with padding 4, horizontal flip, color jitter (0.2, 0.2, 0.2, 0.1) and rotation up to ±15°.",
            [
                Transform("randomCrop", ("padding", 4)),
                Transform("horizontalFlip"),
                Transform("colorJitter", ("brightness", 0.2), ("contrast", 0.2), ("saturation", 0.2), ("hue", 0.1)),
                Transform("rotation", ("degrees", 15)),
            ]),
        new("crop", "A random part of 8 to 100 % of the area, of ratio 3:4 to 4:3, scaled to the whole image, and horizontal flip.",
            [Transform("randomResizedCrop"), Transform("horizontalFlip")]),
        new("flowers", "Rotation up to ±45°, flips both ways, color jitter (0.2, 0.1, 0.1, 0.1), and grayscale with a probability of 2.5 %.",
            [
                Transform("rotation", ("degrees", 45)),
                Transform("horizontalFlip"),
                Transform("verticalFlip"),
                Transform("colorJitter", ("brightness", 0.2), ("contrast", 0.1), ("saturation", 0.1), ("hue", 0.1)),
                Transform("grayscale", ("probability", 0.025)),
            ]),
        new("randaugment", "RandAugment: 2 random operations out of 14, of magnitude 9 of 31.", [Transform("randAugment")]),
        new("trivialaugment", "TrivialAugment Wide: 1 random operation out of 14, of random magnitude.", [Transform("trivialAugment")]),
    ];

    /// <summary>The names of <see cref="All"/>, in the same order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(augmentation => augmentation.Name)];

    /// <summary>The augmentation of that name, or null.</summary>
    public static AugmentationInfo? Find(string name) => All.FirstOrDefault(augmentation => augmentation.Name == name);

    private static TransformSetting Transform(string name, params (string Name, double Value)[] parameters) =>
        TransformCatalog.Find(name)!.With(parameters);
}
