namespace Experiments.Contracts.Catalog;

/// <summary>An architecture that a sweep can name.</summary>
/// <param name="Parameters">Trainable parameters with 10 classes and, where they depend on it, images of 224×224 pixels.</param>
/// <param name="HeadParameters">Those of them that stay trainable while the backbone is frozen.</param>
/// <param name="MinimumImageSize">The smallest image side in pixels that the layers can take.</param>
/// <param name="SmallInput">True where there is another stem for images of about 32×32 pixels; the figures are those of the usual one.</param>
public sealed record ModelInfo(
    string Name, string Description, long Parameters, long HeadParameters, int MinimumImageSize, bool SmallInput = false);

/// <summary>
/// The architectures that workers can train. The networks themselves are in GpuWorker; its tests hold both lists together.
/// </summary>
public static class ModelCatalog
{
    public static IReadOnlyList<ModelInfo> All { get; } =
    [
        new("small_cnn", "Three 5×5 convolutions (32, 32, 64) with pooling and two linear layers; trains in seconds.", 145_578, 650, 8),
        new("lenet5", "LeNet-5 with ReLU and max-pooling.", 62_006, 850, 28),
        new("resnet18", "ResNet-18 as in torchvision.", 11_181_642, 5_130, 32, SmallInput: true),
        new("mobilenet_v2", "MobileNetV2 as in torchvision.", 2_236_682, 12_810, 32),
        new("efficientnet_b0", "EfficientNet-B0 as in torchvision.", 4_020_358, 12_810, 32),
        new("efficientnet_b1", "EfficientNet-B1 as in torchvision.", 6_525_994, 12_810, 32),
        new("efficientnet_b2", "EfficientNet-B2 as in torchvision.", 7_715_084, 14_090, 32),
        new("efficientnet_b3", "EfficientNet-B3 as in torchvision.", 10_711_602, 15_370, 32),
        new("efficientnet_b4", "EfficientNet-B4 as in torchvision.", 17_566_546, 17_930, 32),
        new("vit_b_16", "Vision transformer ViT-B/16 as in torchvision.", 85_806_346, 7_690, 16, SmallInput: true),
        new("swin_t", "Swin transformer Swin-T as in torchvision.", 27_527_044, 7_690, 16, SmallInput: true),
        new("deit_small", "Vision transformer DeiT-S as in timm.", 21_669_514, 3_850, 16, SmallInput: true),
        new("beit_base", "Vision transformer BEiT-B as in timm: relative positions, layer scale.", 85_769_674, 7_690, 16, SmallInput: true),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(model => model.Name)];

    /// <summary>The model of that name, or null.</summary>
    public static ModelInfo? Find(string name) => All.FirstOrDefault(model => model.Name == name);
}
