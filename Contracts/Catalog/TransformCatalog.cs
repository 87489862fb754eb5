
using Experiments.Contracts.Numbers;

namespace Experiments.Contracts.Catalog;

/// <summary>The transforms that an augmentation can be composed of. The code is in GpuWorker; its tests keep both lists in sync.</summary>
public static class TransformCatalog
{
    private static readonly NumberRange Share = new(0, 1);
    private static readonly NumberRange PositiveShare = new(0, 1, MinimumExcluded: true);
    private static readonly NumberRange Ratio = new(0.01, 100);
    private static readonly NumberRange Strength = new(0, 10);

    /// <summary>In the order in which forms list them.</summary>
    public static IReadOnlyList<TransformInfo> All { get; } =
    [
        new("randomCrop", "Crops a random part of the image, which is padded with black.",
            [new("padding", "Pixels of border on each side.", 4, new NumberRange(0, 512)) { Whole = true }]),
        new("randomResizedCrop", "Crops a rectangle of random area and shape and scales it bilinearly to the size of the image.",
            [
                new("minimumScale", "The smallest area, as a share of the image's.", 0.08, PositiveShare) { NotAbove = "maximumScale" },
                new("maximumScale", "The largest area.", 1, PositiveShare),
                new("minimumRatio", "The smallest ratio of width to height.", 3.0 / 4, Ratio) { NotAbove = "maximumRatio" },
                new("maximumRatio", "The largest ratio of width to height.", 4.0 / 3, Ratio),
            ]),
        new("horizontalFlip", "Mirrors left and right.", [Probability(0.5)]),
        new("verticalFlip", "Mirrors top and bottom.", [Probability(0.5)]),
        new("rotation", "Rotates around the center; areas outside the image are black.",
            [new("degrees", "The largest angle in either direction.", 15, new NumberRange(0, 180))]),
        new("affine", "Rotates, translates, scales and shears; areas outside the image are black.",
            [
                new("degrees", "The largest angle in either direction.", 10, new NumberRange(0, 180)),
                new("translate", "The largest translation in either direction, as a share of the side.", 0.1, Share),
                new("minimumScale", "The smallest factor.", 0.9, new NumberRange(0.05, 20)) { NotAbove = "maximumScale" },
                new("maximumScale", "The largest factor.", 1.1, new NumberRange(0.05, 20)),
                new("shear", "The largest shear along the rows in either direction, in degrees.", 5, new NumberRange(0, 80)),
            ]),
        new("colorJitter", "Changes brightness, contrast, saturation and hue by random amounts in random order.",
            [
                new("brightness", "The factor is drawn between 1 − this and 1 + this.", 0, Strength),
                new("contrast", "As brightness.", 0, Strength),
                new("saturation", "As brightness.", 0, Strength),
                new("hue", "The largest rotation of the hue in either direction, as a share of the color wheel.", 0, new NumberRange(0, 0.5)),
            ],
            NeedsOne: true),
        new("grayscale", "Removes the color.", [Probability(0.1)]),
        new("randomErasing", "Blackens a random rectangle.",
            [
                Probability(0.5),
                new("minimumArea", "The smallest area, as a share of the image's.", 0.02, PositiveShare) { NotAbove = "maximumArea" },
                new("maximumArea", "The largest area.", 0.33, PositiveShare),
                new("minimumRatio", "The smallest ratio of height to width.", 0.3, Ratio) { NotAbove = "maximumRatio" },
                new("maximumRatio", "The largest ratio of height to width.", 3.3, Ratio),
            ]),
        new("gaussianBlur", "Blurs with a Gaussian of random width.",
            [
                Probability(0.5),
                new("radius", "Pixels taken into account on each side.", 2, new NumberRange(1, 15)) { Whole = true },
                new("minimumSigma", "The smallest standard deviation in pixels.", 0.1, new NumberRange(0.01, 100)) { NotAbove = "maximumSigma" },
                new("maximumSigma", "The largest standard deviation in pixels.", 2, new NumberRange(0.01, 100)),
            ]),
        new("sharpness", "Sharpens, or softens with a factor below 1.",
            [Probability(0.5), new("factor", "0 gives a softened image, 1 the image itself.", 2, Strength)]),
        new("autocontrast", "Stretches each channel to the whole range from black to full.", [Probability(0.5)]),
        new("equalize", "Makes all levels of each channel about equally frequent.", [Probability(0.5)]),
        new("posterize", "Keeps only the highest bits of each channel.",
            [Probability(0.5), new("bits", "The number of bits kept, of 8.", 4, new NumberRange(1, 8)) { Whole = true }]),
        new("solarize", "Inverts values from a threshold on.",
            [Probability(0.5), new("threshold", "The lowest inverted value, between 0 and 1.", 0.5, Share)]),
        new("randAugment", "RandAugment: random operations out of 14, all of the same magnitude.",
            [
                new("operations", "The number of operations in sequence.", 2, new NumberRange(1, 14)) { Whole = true },
                new("magnitude", "Their strength, one of 31 steps.", 9, new NumberRange(0, 30)) { Whole = true },
            ]),
        new("trivialAugment", "TrivialAugment Wide: one random operation out of 14, of random magnitude.", []),
    ];

    /// <summary>The names of <see cref="All"/>, in the same order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(transform => transform.Name)];

    /// <summary>The transform of that name, or null.</summary>
    public static TransformInfo? Find(string name) => All.FirstOrDefault(transform => transform.Name == name);

    private static TransformParameter Probability(double standard) => new("probability", "The share of images that are transformed.", standard, Share);
}
