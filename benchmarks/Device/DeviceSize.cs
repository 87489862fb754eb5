namespace Experiments.Benchmarks.Device;

/// <summary>How much is measured.</summary>
/// <param name="Images">On which a run trains.</param>
/// <param name="Time">Of each measurement of a rate.</param>
/// <param name="BatchSize">Of the steps that are measured.</param>
/// <param name="LargeSide">Of pictures in files, in pixels.</param>
/// <param name="Models">That agreement is checked for.</param>
internal sealed record DeviceSize(int Images, TimeSpan Time, int BatchSize, int LargeSide, IReadOnlyList<string> Models)
{
    /// <summary>One or two of each family.</summary>
    public static DeviceSize Whole { get; } = new(
        4096,
        TimeSpan.FromSeconds(5),
        128,
        224,
        ["small_cnn", "alexnet", "vgg11_bn", "resnet18", "resnet50", "densenet121", "googlenet", "mobilenet_v2", "efficientnet_b0", "vit_b_16", "swin_t", "deit_small", "beit_base"]);

    /// <summary>Enough to see that everything works, in half a minute on two cores.</summary>
    public static DeviceSize Short { get; } = new(64, TimeSpan.FromSeconds(0.1), 16, 64, ["small_cnn", "resnet18"]);
}
