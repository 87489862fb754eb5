namespace Experiments.Contracts.Catalog;

/// <summary>The DenseNets and GoogLeNet.</summary>
internal static class DenseNets
{
    private const string Stem = """

        model.features.conv0 = nn.Conv2d(3, 64, 3, padding=1, bias=False)
        model.features.pool0 = nn.Identity()
        """;

    /// <summary>torchvision's network converts images from ImageNet's normalization to this one in front of its first layer (transform_input).</summary>
    private static readonly double[] Half = [0.5, 0.5, 0.5];

    public static ModelFamily Family { get; } = new("DenseNet and GoogLeNet",
    [
        new(new("densenet121", "DenseNet-121 as in torchvision.", 6_964_106, 10_250, 29, SmallInput: true, BatchNorm: true), new("densenet121-a639ec97.pth"))
        {
            Aliases = "densenet",
            SmallStem = Stem,
        },
        new(new("densenet169", "DenseNet-169 as in torchvision.", 12_501_130, 16_650, 29, SmallInput: true, BatchNorm: true), new("densenet169-b2777c0a.pth"))
        {
            SmallStem = Stem,
        },
        new(new("googlenet", "GoogLeNet as in torchvision, with its auxiliary heads, which only training uses.", 9_960_638, 10_250, 15, BatchNorm: true),
            new("googlenet-1378be20.pth") { Mean = Half, Deviation = Half })
        {
            Aliases = "inception inception_v1",
            Python = _ => "model = models.googlenet(weights=None, num_classes=len(classes), aux_logits=True, init_weights=False)",
        },
    ]);
}
