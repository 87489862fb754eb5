namespace Experiments.Contracts.Catalog;

/// <summary>MobileNetV2 and the EfficientNets.</summary>
internal static class MobileNets
{
    public static ModelFamily Family { get; } = new("MobileNet and EfficientNet",
    [
        new(new("mobilenet_v2", "MobileNetV2 as in torchvision.", 2_236_682, 12_810, 32, BatchNorm: true), new("mobilenet_v2-b0353104.pth"))
        {
            Aliases = "mobilenet",
        },
        new(new("efficientnet_b0", "EfficientNet-B0 as in torchvision.", 4_020_358, 12_810, 32, BatchNorm: true), new("efficientnet_b0_rwightman-7f5810bc.pth"))
        {
            Aliases = "efficientnet",
        },
        new(new("efficientnet_b1", "EfficientNet-B1 as in torchvision.", 6_525_994, 12_810, 32, BatchNorm: true), new("efficientnet_b1_rwightman-bac287d4.pth")),
        new(new("efficientnet_b2", "EfficientNet-B2 as in torchvision.", 7_715_084, 14_090, 32, BatchNorm: true), new("efficientnet_b2_rwightman-c35c1473.pth")),
        new(new("efficientnet_b3", "EfficientNet-B3 as in torchvision.", 10_711_602, 15_370, 32, BatchNorm: true), new("efficientnet_b3_rwightman-b3899882.pth")),
        new(new("efficientnet_b4", "EfficientNet-B4 as in torchvision.", 17_566_546, 17_930, 32, BatchNorm: true), new("efficientnet_b4_rwightman-23ab8bcd.pth")),
    ]);
}
