namespace Experiments.Contracts.Catalog;

/// <summary>AlexNet, the VGGs and the light variants of VGG-16.</summary>
internal static class Vggs
{
    public static ModelFamily Family { get; } = new("AlexNet and VGG",
    [
        new(new("alexnet", "AlexNet as in torchvision.", 57_044_810, 40_970, 63), new("alexnet-owt-7be5be79.pth")),
        new(new("vgg11", "VGG-11 as in torchvision.", 128_807_306, 40_970, 32), new("vgg11-8a719046.pth")),
        new(new("vgg11_bn", "VGG-11 with batch norm as in torchvision.", 128_812_810, 40_970, 32, BatchNorm: true), new("vgg11_bn-6002323d.pth")),
        new(new("vgg13", "VGG-13 as in torchvision.", 128_991_818, 40_970, 32), new("vgg13-19584684.pth")),
        new(new("vgg13_bn", "VGG-13 with batch norm as in torchvision.", 128_997_706, 40_970, 32, BatchNorm: true), new("vgg13_bn-abd245e5.pth")),
        new(new("vgg16", "VGG-16 as in torchvision.", 134_301_514, 40_970, 32), new("vgg16-397923af.pth")) { Aliases = "vgg" },
        new(new("vgg16_bn", "VGG-16 with batch norm as in torchvision.", 134_309_962, 40_970, 32, BatchNorm: true), new("vgg16_bn-6c64b313.pth")),
        new(new("vgg19", "VGG-19 as in torchvision.", 139_611_210, 40_970, 32), new("vgg19-dcbb9e9d.pth")),
        new(new("vgg19_bn", "VGG-19 with batch norm as in torchvision.", 139_622_218, 40_970, 32, BatchNorm: true), new("vgg19_bn-c79401a0.pth")),
        new(new("vgg16_slim", "VGG-16 with linear layers of 1024 and 256 instead of 4096 each; all of them are the head.", 40_670_794, 25_956_106, 32))
        {
            Backbone = "vgg16",
            Python = _ => """
                model = models.vgg16(weights=None)
                model.classifier = nn.Sequential(
                    nn.Linear(512 * 7 * 7, 1024), nn.ReLU(), nn.Dropout(),
                    nn.Linear(1024, 256), nn.ReLU(), nn.Dropout(), nn.Linear(256, len(classes)),
                )
                """,
        },
        new(new("vgg16_gap", "VGG-16 with global average pooling and one linear layer instead of three.", 14_719_818, 5_130, 32))
        {
            Backbone = "vgg16",
            Python = _ => """
                model = nn.Sequential(OrderedDict(
                    features=models.vgg16(weights=None).features,
                    pool=nn.AdaptiveAvgPool2d(1), flat=nn.Flatten(), classifier=nn.Linear(512, len(classes)),
                ))
                """,
        },
        new(new("vgg16_dws", "VGG-16 with depthwise separable convolutions, batch norm, global average pooling and one linear layer.", 1_690_506, 5_130, 32, BatchNorm: true))
        {
            Python = _ => """
                layers, inputs = [nn.Conv2d(3, 64, 3, padding=1), nn.BatchNorm2d(64), nn.ReLU()], 64
                for depth, outputs in [(1, 64), (2, 128), (3, 256), (3, 512), (3, 512)]:
                    for _ in range(depth):
                        layers += [nn.Conv2d(inputs, inputs, 3, padding=1, groups=inputs, bias=False), nn.BatchNorm2d(inputs), nn.ReLU()]
                        layers += [nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]
                        inputs = outputs
                    layers.append(nn.MaxPool2d(2))
                model = nn.Sequential(OrderedDict(
                    features=nn.Sequential(*layers),
                    pool=nn.AdaptiveAvgPool2d(1), flat=nn.Flatten(), classifier=nn.Linear(512, len(classes)),
                ))
                """,
        },
    ]);
}
