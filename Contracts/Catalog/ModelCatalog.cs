namespace Experiments.Contracts.Catalog;

/// <summary>An architecture that a sweep can name.</summary>
/// <param name="Parameters">Trainable parameters with 10 classes and, where they depend on it, images of 224×224 pixels.</param>
/// <param name="HeadParameters">Those of them that stay trainable while the backbone is frozen.</param>
/// <param name="MinimumImageSize">The smallest image side in pixels that the layers can take.</param>
/// <param name="UsualImageSize">The image side in pixels that the architecture was made for.</param>
/// <param name="SmallInput">True where there is another stem for images of about 32×32 pixels; the figures are those of the usual one.</param>
/// <param name="BatchNorm">True where layers normalise by the statistics of a batch.</param>
public sealed record ModelInfo(
    string Name, string Description, long Parameters, long HeadParameters, int MinimumImageSize, bool SmallInput = false, int UsualImageSize = 224, bool BatchNorm = false);

/// <summary>
/// The architectures that workers can train. The networks themselves are in GpuWorker; its tests keep both lists in sync.
/// </summary>
public static class ModelCatalog
{
    /// <summary>In the order in which forms list them: by family, then by size.</summary>
    public static IReadOnlyList<ModelInfo> All { get; } =
    [
        new("small_cnn", "Three 5×5 convolutions (32, 32, 64) with pooling and two linear layers; trains in seconds.", 145_578, 650, 8, UsualImageSize: 32),
        new("lenet5", "LeNet-5 with ReLU and max-pooling.", 62_006, 850, 28, UsualImageSize: 32),
        new("student_cnn", "Two 3×3 convolutions (32, 64) with pooling and two linear layers; a student for distillation.", 1_070_794, 2_570, 8, UsualImageSize: 32),
        new("alexnet", "AlexNet as in torchvision.", 57_044_810, 40_970, 63),
        new("vgg11", "VGG-11 as in torchvision.", 128_807_306, 40_970, 32),
        new("vgg11_bn", "VGG-11 with batch norm as in torchvision.", 128_812_810, 40_970, 32, BatchNorm: true),
        new("vgg13", "VGG-13 as in torchvision.", 128_991_818, 40_970, 32),
        new("vgg13_bn", "VGG-13 with batch norm as in torchvision.", 128_997_706, 40_970, 32, BatchNorm: true),
        new("vgg16", "VGG-16 as in torchvision.", 134_301_514, 40_970, 32),
        new("vgg16_bn", "VGG-16 with batch norm as in torchvision.", 134_309_962, 40_970, 32, BatchNorm: true),
        new("vgg19", "VGG-19 as in torchvision.", 139_611_210, 40_970, 32),
        new("vgg19_bn", "VGG-19 with batch norm as in torchvision.", 139_622_218, 40_970, 32, BatchNorm: true),
        new("vgg16_slim", "VGG-16 with linear layers of 1024 and 256 instead of 4096 each; all of them are the head.", 40_670_794, 25_956_106, 32),
        new("vgg16_gap", "VGG-16 with global average pooling and one linear layer instead of three.", 14_719_818, 5_130, 32),
        new("vgg16_dws", "VGG-16 with depthwise separable convolutions, batch norm, global average pooling and one linear layer.", 1_690_506, 5_130, 32, BatchNorm: true),
        new("resnet18", "ResNet-18 as in torchvision.", 11_181_642, 5_130, 32, SmallInput: true, BatchNorm: true),
        new("resnet34", "ResNet-34 as in torchvision.", 21_289_802, 5_130, 32, SmallInput: true, BatchNorm: true),
        new("resnet50", "ResNet-50 as in torchvision.", 23_528_522, 20_490, 32, SmallInput: true, BatchNorm: true),
        new("resnet101", "ResNet-101 as in torchvision.", 42_520_650, 20_490, 32, SmallInput: true, BatchNorm: true),
        new("resnet152", "ResNet-152 as in torchvision.", 58_164_298, 20_490, 32, SmallInput: true, BatchNorm: true),
        new("densenet121", "DenseNet-121 as in torchvision.", 6_964_106, 10_250, 29, SmallInput: true, BatchNorm: true),
        new("densenet169", "DenseNet-169 as in torchvision.", 12_501_130, 16_650, 29, SmallInput: true, BatchNorm: true),
        new("googlenet", "GoogLeNet as in torchvision, with its auxiliary heads, which only training uses.", 9_960_638, 10_250, 15, BatchNorm: true),
        new("mobilenet_v2", "MobileNetV2 as in torchvision.", 2_236_682, 12_810, 32, BatchNorm: true),
        new("efficientnet_b0", "EfficientNet-B0 as in torchvision.", 4_020_358, 12_810, 32, BatchNorm: true),
        new("efficientnet_b1", "EfficientNet-B1 as in torchvision.", 6_525_994, 12_810, 32, BatchNorm: true),
        new("efficientnet_b2", "EfficientNet-B2 as in torchvision.", 7_715_084, 14_090, 32, BatchNorm: true),
        new("efficientnet_b3", "EfficientNet-B3 as in torchvision.", 10_711_602, 15_370, 32, BatchNorm: true),
        new("efficientnet_b4", "EfficientNet-B4 as in torchvision.", 17_566_546, 17_930, 32, BatchNorm: true),
        new("vit_b_16", "Vision transformer ViT-B/16 as in torchvision.", 85_806_346, 7_690, 16, SmallInput: true),
        new("swin_t", "Swin transformer Swin-T as in torchvision.", 27_527_044, 7_690, 16, SmallInput: true),
        new("deit_small", "Vision transformer DeiT-S as in timm.", 21_669_514, 3_850, 16, SmallInput: true),
        new("beit_base", "Vision transformer BEiT-B as in timm: relative positions, layer scale.", 85_769_674, 7_690, 16, SmallInput: true),
    ];

    /// <summary>The names of <see cref="All"/>, in the same order.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. All.Select(model => model.Name)];

    /// <summary>The model of that name, or null.</summary>
    public static ModelInfo? Find(string name) => All.FirstOrDefault(model => model.Name == name);
}
