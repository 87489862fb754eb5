using System.Runtime.InteropServices;

namespace Experiments.GpuWorker.Devices;

/// <summary>
/// How a thread's floating-point unit treats denormal numbers: those too small for their exponent, below about 1.2e-38 in float32. CPUs compute with
/// them many times slower than with others. Adam's moments decay into them where gradients stay zero, as at the border of small feature maps.
/// </summary>
/// <remarks>
/// The setting is per thread and inherited by threads that it starts. libgomp starts the threads of a parallel region from the
/// thread that enters it first, so a thread sets this before its first computation. PyTorch's <c>torch.set_flush_denormal</c> does the same; TorchSharp
/// lacks it.
/// </remarks>
internal static partial class Denormals
{
    // Enough for fenv_t of every C library below, the largest of which has 32 bytes.
    private const int EnvironmentBytes = 256;

    // MXCSR: denormal results become zero (FTZ, bit 15), denormal operands count as zero (DAZ, bit 6).
    private const uint X86Flush = 0x8040;

    // FPCR: one flag for both (FZ, bit 24).
    private const uint ArmFlush = 1 << 24;

    // float.h of Windows' C library.
    private const uint WindowsFlush = 0x0100_0000;
    private const uint WindowsMask = 0x0300_0000;

    /// <summary>Sets the calling thread, and every thread that it starts from now on, to treat denormal numbers as zero.</summary>
    /// <returns>False if the system or processor is not supported; nothing is changed then.</returns>
    public static bool FlushOnThisThread() => SetOnThisThread(flush: true);

    /// <summary>Sets the calling thread to compute with denormal numbers, as a new process does.</summary>
    /// <returns>The same as for <see cref="FlushOnThisThread"/>.</returns>
    public static bool KeepOnThisThread() => SetOnThisThread(flush: false);

    private static bool SetOnThisThread(bool flush)
    {
        if (OperatingSystem.IsWindows())
        {
            return ControlWindows(out _, flush ? WindowsFlush : 0, WindowsMask) == 0;
        }

        return ControlWord() is { } word && SetWord(word.Offset, word.Flag, flush);
    }

    /// <summary>The offset of the control register in fenv_t, and its flush bits; see the C library's fenv.h.</summary>
    private static (int Offset, uint Flag)? ControlWord() => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 when OperatingSystem.IsLinux() => (28, X86Flush),
        Architecture.X64 when OperatingSystem.IsMacOS() => (4, X86Flush),
        Architecture.Arm64 when OperatingSystem.IsLinux() => (0, ArmFlush),
        Architecture.Arm64 when OperatingSystem.IsMacOS() => (8, ArmFlush),
        _ => null,
    };

    private static bool SetWord(int offset, uint flag, bool flush)
    {
        Span<byte> environment = stackalloc byte[EnvironmentBytes];
        if (GetEnvironment(environment) != 0)
        {
            return false;
        }

        ref uint word = ref MemoryMarshal.AsRef<uint>(environment[offset..]);
        word = flush ? word | flag : word & ~flag;
        return SetEnvironment(environment) == 0;
    }

    private static int GetEnvironment(Span<byte> environment) =>
        OperatingSystem.IsMacOS() ? GetEnvironmentMac(environment) : GetEnvironmentLinux(environment);

    private static int SetEnvironment(Span<byte> environment) =>
        OperatingSystem.IsMacOS() ? SetEnvironmentMac(environment) : SetEnvironmentLinux(environment);

    [LibraryImport("libm.so.6", EntryPoint = "fegetenv")]
    private static partial int GetEnvironmentLinux(Span<byte> environment);

    [LibraryImport("libm.so.6", EntryPoint = "fesetenv")]
    private static partial int SetEnvironmentLinux(Span<byte> environment);

    [LibraryImport("libSystem.dylib", EntryPoint = "fegetenv")]
    private static partial int GetEnvironmentMac(Span<byte> environment);

    [LibraryImport("libSystem.dylib", EntryPoint = "fesetenv")]
    private static partial int SetEnvironmentMac(Span<byte> environment);

    [LibraryImport("ucrtbase.dll", EntryPoint = "_controlfp_s")]
    private static partial int ControlWindows(out uint current, uint value, uint mask);
}
