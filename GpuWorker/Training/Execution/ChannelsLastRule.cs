using Experiments.Contracts.Sweeps;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Execution;

/// <summary>Where channels come last in memory unless a run says otherwise: where it was measured to be faster.</summary>
internal static class ChannelsLastRule
{
    /// <summary>
    /// Measured on a CPU with AVX-512, one thread, images of 32 px, forward and backward: small_cnn 1.8, mobilenet_v2 1.6, student_cnn 1.4 and
    /// resnet50 1.1 times as fast. Nothing gained: resnet18 (1.0), lenet5 (1.1 to 0.7).
    /// </summary>
    private static readonly string[] Gaining = ["small_cnn", "student_cnn", "mobilenet_v2", "resnet50"];

    public static bool Helps(Hyperparameters settings, Device device) =>
        device.type == DeviceType.CPU && Gaining.Contains(settings.Model);
}
