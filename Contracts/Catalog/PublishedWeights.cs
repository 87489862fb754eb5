namespace Experiments.Contracts.Catalog;

/// <summary>Weights for ImageNet's 1,000 classes that the authors of an implementation published.</summary>
/// <param name="Model">The name in <see cref="ModelCatalog"/>.</param>
/// <param name="File">Ends with the first digits of the SHA-256 of its content, as PyTorch's hub names files.</param>
/// <param name="Folder">Where it is published.</param>
/// <param name="Mean">Of red, green and blue in [0, 1]: the mean that images are normalised with.</param>
/// <param name="Deviation">As <paramref name="Mean"/>.</param>
public sealed record PublishedWeights(
    string Model, string File, Uri Folder, IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation)
{
    private static readonly Uri Torchvision = new("https://download.pytorch.org/models/");
    private static readonly Uri Deit = new("https://dl.fbaipublicfiles.com/deit/");
    private static readonly double[] ImageNetMean = [0.485, 0.456, 0.406];
    private static readonly double[] ImageNetDeviation = [0.229, 0.224, 0.225];
    private static readonly double[] Half = [0.5, 0.5, 0.5];

    /// <summary>
    /// IMAGENET1K_V1 of torchvision (the EfficientNets under the names that they have since 0.17, because those of before do not match their
    /// content: https://github.com/pytorch/vision/issues/7744), and timm's DeiT.
    /// </summary>
    public static IReadOnlyList<PublishedWeights> All { get; } =
    [
        Of("alexnet", "alexnet-owt-7be5be79.pth"),
        Of("vgg11", "vgg11-8a719046.pth"),
        Of("vgg11_bn", "vgg11_bn-6002323d.pth"),
        Of("vgg13", "vgg13-19584684.pth"),
        Of("vgg13_bn", "vgg13_bn-abd245e5.pth"),
        Of("vgg16", "vgg16-397923af.pth"),
        Of("vgg16_bn", "vgg16_bn-6c64b313.pth"),
        Of("vgg19", "vgg19-dcbb9e9d.pth"),
        Of("vgg19_bn", "vgg19_bn-c79401a0.pth"),
        Of("resnet18", "resnet18-f37072fd.pth"),
        Of("resnet34", "resnet34-b627a593.pth"),
        Of("resnet50", "resnet50-0676ba61.pth"),
        Of("resnet101", "resnet101-63fe2227.pth"),
        Of("resnet152", "resnet152-394f9c45.pth"),
        Of("mobilenet_v2", "mobilenet_v2-b0353104.pth"),
        Of("densenet121", "densenet121-a639ec97.pth"),
        Of("densenet169", "densenet169-b2777c0a.pth"),

        // torchvision's network brings images from ImageNet's normalisation to this one in front of its first layer (transform_input).
        Of("googlenet", "googlenet-1378be20.pth") with { Mean = Half, Deviation = Half },
        Of("efficientnet_b0", "efficientnet_b0_rwightman-7f5810bc.pth"),
        Of("efficientnet_b1", "efficientnet_b1_rwightman-bac287d4.pth"),
        Of("efficientnet_b2", "efficientnet_b2_rwightman-c35c1473.pth"),
        Of("efficientnet_b3", "efficientnet_b3_rwightman-b3899882.pth"),
        Of("efficientnet_b4", "efficientnet_b4_rwightman-23ab8bcd.pth"),
        Of("vit_b_16", "vit_b_16-c867db91.pth"),
        Of("swin_t", "swin_t-704ceda3.pth"),
        Of("deit_small", "deit_small_patch16_224-cd65a155.pth") with { Folder = Deit },
    ];

    /// <summary>Hexadecimal digits that the SHA-256 of the content begins with.</summary>
    public string HashPrefix => Path.GetFileNameWithoutExtension(File).Split('-')[^1];

    /// <summary>The weights for a model; null where none are published.</summary>
    public static PublishedWeights? Find(string model) => All.FirstOrDefault(weights => weights.Model == model);

    /// <summary>The weights that are published under that file name; null for any other file.</summary>
    public static PublishedWeights? FindFile(string fileName) => All.FirstOrDefault(weights => weights.File == fileName);

    private static PublishedWeights Of(string model, string file) => new(model, file, Torchvision, ImageNetMean, ImageNetDeviation);
}
