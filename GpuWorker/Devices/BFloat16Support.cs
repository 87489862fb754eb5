using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using TorchSharp;

namespace Experiments.GpuWorker.Devices;

/// <summary>Whether a device may compute in bfloat16 faster than in float32. Without instructions for it, libtorch converts each number, which is slow.</summary>
internal static class BFloat16Support
{
    private const string ArmFeature = " bf16 ";

    /// <summary>True for a GPU, and for a CPU with AVX-512 BF16, AMX BF16 or Arm's BF16 instructions; on Windows false, where autocast is missing.</summary>
    public static bool Has(TrainingDevice device) => !OperatingSystem.IsWindows() && (device.Torch.type == DeviceType.CUDA || HasCpu.Value);

    private static Lazy<bool> HasCpu { get; } = new(() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => HasX86(),
        Architecture.Arm64 => HasArm(),
        _ => false,
    });

    private static bool HasX86()
    {
        const int StructuredFeatures = 7;
        if (!X86Base.IsSupported || X86Base.CpuId(0, 0).Eax < StructuredFeatures)
        {
            return false;
        }

        (int subleaves, _, _, int features) = X86Base.CpuId(StructuredFeatures, 0);
        bool hasAmx = (features & (1 << 22)) != 0;
        bool hasAvx = Avx512F.IsSupported && subleaves >= 1 && (X86Base.CpuId(StructuredFeatures, 1).Eax & (1 << 5)) != 0;
        return Avx512F.IsSupported && (hasAmx || hasAvx);
    }

    private static bool HasArm() =>
        OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/cpuinfo").Any(line => line.StartsWith("Features", StringComparison.Ordinal) && $"{line} ".Contains(ArmFeature, StringComparison.Ordinal))
            : OperatingSystem.IsMacOS();
}
