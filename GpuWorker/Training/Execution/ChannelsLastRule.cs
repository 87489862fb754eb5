using Experiments.Contracts.Configuration;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Execution;

/// <summary>The default of channelsLast: on where it was measured to be faster.</summary>
internal static class ChannelsLastRule
{
    /// <summary>
    /// Measured with <c>benchmarks -- execution</c> on a CPU with AVX-512; docs/training.md has the figures. Not listed: transformers and the small
    /// ResNets, which gain nothing, and networks with large linear layers, whose steps consist of updating those.
    /// </summary>
    private static readonly string[] Gaining =
    [
        "small_cnn", "student_cnn", "lenet5", "vgg16_gap", "vgg16_dws", "resnet50", "resnet101", "resnet152", "densenet121", "densenet169",
        "googlenet", "mobilenet_v2", "efficientnet_b0", "efficientnet_b1", "efficientnet_b2", "efficientnet_b3", "efficientnet_b4",
    ];

    public static bool Helps(Hyperparameters settings, Device device) =>
        device.type == DeviceType.CPU && Gaining.Contains(settings.Model);
}
