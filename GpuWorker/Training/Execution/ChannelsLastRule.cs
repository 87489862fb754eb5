using Experiments.Contracts.Sweeps;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Execution;

/// <summary>Where channels come last in memory unless a run says otherwise: where it was measured to be faster.</summary>
internal static class ChannelsLastRule
{
    /// <summary>Measured on a CPU with AVX-512: plain stacks of convolutions gain, others lose or stay as they are.</summary>
    private static readonly string[] Gaining = ["small_cnn", "lenet5"];

    public static bool Helps(Hyperparameters settings, Device device) =>
        device.type == DeviceType.CPU && Gaining.Contains(settings.Model);
}
