namespace Experiments.Benchmarks.Device;

/// <summary>The size of the measurements.</summary>
/// <param name="Images">Training images of a run.</param>
/// <param name="Time">The duration of each measurement of a rate.</param>
/// <param name="BatchSize">The batch size of the measured steps.</param>
/// <param name="LargeSide">The height and width of the images in files, in pixels.</param>
/// <param name="Models">The models whose agreement is checked.</param>
internal sealed record DeviceSize(int Images, TimeSpan Time, int BatchSize, int LargeSide, IReadOnlyList<string> Models)
{
    /// <summary>One or two models of each family.</summary>
    public static DeviceSize Whole { get; } = new(
        4096,
        TimeSpan.FromSeconds(5),
        128,
        224,
        ["small_cnn", "alexnet", "vgg11_bn", "resnet18", "resnet50", "densenet121", "googlenet", "mobilenet_v2", "efficientnet_b0", "vit_b_16", "swin_t", "deit_small", "beit_base"]);

    /// <summary>A smoke test of half a minute on two cores.</summary>
    public static DeviceSize Short { get; } = new(64, TimeSpan.FromSeconds(0.1), 16, 64, ["small_cnn", "resnet18"]);
}
