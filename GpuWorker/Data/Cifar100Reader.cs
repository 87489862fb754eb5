using System.Collections.Immutable;

namespace Experiments.GpuWorker.Data;

/// <summary>CIFAR-100: 100 (fine) classes, two binary files. The coarse labels in them are not used.</summary>
public sealed class Cifar100Reader : IDatasetReader
{
    /// <summary>In the order of the labels, which is that of the alphabet.</summary>
    public static ImmutableArray<string> Classes { get; } =
    [
        "apple", "aquarium_fish", "baby", "bear", "beaver", "bed", "bee", "beetle", "bicycle", "bottle",
        "bowl", "boy", "bridge", "bus", "butterfly", "camel", "can", "castle", "caterpillar", "cattle",
        "chair", "chimpanzee", "clock", "cloud", "cockroach", "couch", "crab", "crocodile", "cup", "dinosaur",
        "dolphin", "elephant", "flatfish", "forest", "fox", "girl", "hamster", "house", "kangaroo", "keyboard",
        "lamp", "lawn_mower", "leopard", "lion", "lizard", "lobster", "man", "maple_tree", "motorcycle", "mountain",
        "mouse", "mushroom", "oak_tree", "orange", "orchid", "otter", "palm_tree", "pear", "pickup_truck", "pine_tree",
        "plain", "plate", "poppy", "porcupine", "possum", "rabbit", "raccoon", "ray", "road", "rocket",
        "rose", "sea", "seal", "shark", "shrew", "skunk", "skyscraper", "snail", "snake", "spider",
        "squirrel", "streetcar", "sunflower", "sweet_pepper", "table", "tank", "telephone", "television", "tiger", "tractor",
        "train", "trout", "tulip", "turtle", "wardrobe", "whale", "willow_tree", "wolf", "woman", "worm",
    ];

    private static readonly CifarLayout Layout = new("CIFAR-100", "cifar-100-binary", LabelBytes: 2, Classes, ["train.bin"], "test.bin");

    public DatasetContents Open(string? folder) => CifarFolder.Open(Layout, folder ?? throw new ArgumentNullException(nameof(folder)));
}
