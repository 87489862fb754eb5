namespace Experiments.Contracts.Catalog;

/// <summary>The ResNets.</summary>
internal static class ResNets
{
    public static ModelFamily Family { get; } = new("ResNet",
    [
        new(new("resnet18", "ResNet-18 as in torchvision.", 11_181_642, 5_130, 32, SmallInput: true, BatchNorm: true), new("resnet18-f37072fd.pth"))
        {
            Aliases = "resnet",
            IsAccurateInBFloat16 = true,
        },
        new(new("resnet34", "ResNet-34 as in torchvision.", 21_289_802, 5_130, 32, SmallInput: true, BatchNorm: true), new("resnet34-b627a593.pth")),
        new(new("resnet50", "ResNet-50 as in torchvision.", 23_528_522, 20_490, 32, SmallInput: true, BatchNorm: true), new("resnet50-0676ba61.pth")),
        new(new("resnet101", "ResNet-101 as in torchvision.", 42_520_650, 20_490, 32, SmallInput: true, BatchNorm: true), new("resnet101-63fe2227.pth")),
        new(new("resnet152", "ResNet-152 as in torchvision.", 58_164_298, 20_490, 32, SmallInput: true, BatchNorm: true), new("resnet152-394f9c45.pth")),
    ]);
}
