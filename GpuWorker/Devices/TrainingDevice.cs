using System.Globalization;
using Experiments.ServiceDefaults.Hosting;
using TorchSharp;

namespace Experiments.GpuWorker.Devices;

/// <summary>The device that this worker trains on.</summary>
/// <param name="Name"><c>cpu</c> or <c>cuda:N</c>.</param>
/// <param name="CudaIndex">N, as CUDA counts in this process; null for the CPU.</param>
public sealed record TrainingDevice(string Name, int? CudaIndex)
{
    private const string CudaPrefix = "cuda:";

    internal torch.Device Torch => new(CudaIndex is null ? DeviceType.CPU : DeviceType.CUDA, CudaIndex ?? -1);

    /// <param name="setting"><c>auto</c>, <c>cpu</c> or <c>cuda:N</c>.</param>
    /// <exception cref="ServiceConfigurationException">The setting is invalid, or there is no such GPU.</exception>
    public static TrainingDevice Select(string setting) => Select(setting, () => torch.cuda.is_available() ? torch.cuda.device_count() : 0);

    internal static TrainingDevice Select(string setting, Func<int> countGpus)
    {
        switch (setting)
        {
            case "cpu":
                return new TrainingDevice("cpu", null);
            case "auto":
                return countGpus() > 0 ? Cuda(0) : new TrainingDevice("cpu", null);
        }

        int index = RequireName(setting);
        int gpus = countGpus();
        return index < gpus
            ? Cuda(index)
            : throw new ServiceConfigurationException(
                $"Worker:Device is \"{setting}\", but CUDA offers {gpus} GPU(s) here. A build for GPUs is made with -p:UseCuda=true");
    }

    /// <summary>Does not check whether the GPU exists.</summary>
    /// <returns>The number of the GPU that it names; -1 for <c>auto</c> and <c>cpu</c>.</returns>
    /// <exception cref="ServiceConfigurationException">It is not the name of a device.</exception>
    internal static int RequireName(string setting) => TryParse(setting, out int index) || setting is "auto" or "cpu"
        ? index
        : throw new ServiceConfigurationException($"Worker:Device is \"{setting}\"; allowed: auto, cpu, cuda:N with N from 0");

    private static bool TryParse(string setting, out int index)
    {
        index = -1;
        return setting.StartsWith(CudaPrefix, StringComparison.Ordinal)
            && int.TryParse(setting.AsSpan(CudaPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }

    private static TrainingDevice Cuda(int index) => new($"{CudaPrefix}{index}", index);
}
