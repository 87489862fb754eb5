using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Execution;

/// <summary>
/// Enables mixed precision on this thread until disposed: convolutions and matrix products compute in bfloat16, operations that need
/// the range or the digits stay in float32; PyTorch's <c>torch.autocast(dtype=torch.bfloat16)</c>. TorchSharp lacks it, so this calls
/// libtorch's own functions by their mangled names on Linux and macOS (at::autocast in ATen/autocast_mode.h).
/// </summary>
internal sealed partial class Autocast : IDisposable
{
    private const string Library = "torch_cpu";

    private readonly sbyte _device;

    public Autocast(Device device)
    {
        _device = (sbyte)device.type;
        SetType(_device, (sbyte)ScalarType.BFloat16);
        SetEnabled(_device, true);
    }

    /// <summary>Whether the platform exports the functions under these names.</summary>
    public static bool IsSupported => !OperatingSystem.IsWindows();

    public void Dispose()
    {
        SetEnabled(_device, false);

        // libtorch caches the bfloat16 weights for a forward pass; the next step has new ones.
        ClearCache();
    }

    [LibraryImport(Library, EntryPoint = "_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb")]
    private static partial void SetEnabled(sbyte device, [MarshalAs(UnmanagedType.U1)] bool enabled);

    [LibraryImport(Library, EntryPoint = "_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE")]
    private static partial void SetType(sbyte device, sbyte type);

    [LibraryImport(Library, EntryPoint = "_ZN2at8autocast11clear_cacheEv")]
    private static partial void ClearCache();
}
