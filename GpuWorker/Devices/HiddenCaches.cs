using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;
using Experiments.ServiceDefaults.Hosting;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Devices;

/// <summary>
/// Some virtual machines on AMD's processors hide the sizes of the caches: CPUID function 8000001D returns zeros. oneDNN 3.7, with which libtorch
/// 2.10 computes convolutions, then assumes caches of one byte. Some of its convolutions give wrong results, others divide by zero and end the
/// process. Older CPUID functions still return the sizes, so this class writes them into oneDNN's data.
/// See docs/decisions/0030-sizes-of-hidden-caches.md.
/// </summary>
internal static class HiddenCaches
{
    /// <summary>If a user has set it, oneDNN does not run the code that reads cache sizes.</summary>
    private const string LargestInstructionSet = "ONEDNN_MAX_CPU_ISA";

    private const string Library = "libtorch_cpu.so";

    /// <summary>The static variable of <c>dnnl::impl::cpu::x64::cpu()</c>, an <c>Xbyak::util::Cpu</c>.</summary>
    internal const string Symbol = "_ZZN4dnnl4impl3cpu3x643cpuEvE4cpu_";

    /// <summary>Bytes from its start to <c>dataCacheSize_</c>: three 32-bit numbers of bytes, one per level of cache.</summary>
    private const int SizesOffset = 28;

    /// <summary>Bytes from its start to <c>dataCacheLevels_</c>; 3 on AMD's processors.</summary>
    private const int LevelsOffset = 108;

    private static readonly Lock Gate = new();
    private static bool _isDone;

    /// <summary>Whether this machine hides its cache sizes.</summary>
    public static bool AreHere { get; } = Detect();

    /// <summary>Sets the cache sizes in oneDNN if it cannot detect them. Must be called before libtorch computes a convolution.</summary>
    /// <exception cref="ServiceConfigurationException">This version of libtorch stores them elsewhere.</exception>
    public static void Restore()
    {
        lock (Gate)
        {
            if (_isDone || !AreHere || Environment.GetEnvironmentVariable(LargestInstructionSet) is { Length: > 0 })
            {
                return;
            }

            MakeOneDnnLook();
            nint cpu = FindCpu();
            if (Marshal.ReadInt32(cpu + LevelsOffset) != 3 || ReadSizes(cpu) is not [1, 1, 1])
            {
                throw Unknown("does not keep the sizes of caches where they are expected");
            }

            WriteSizes(cpu, SizesByOlderFunctions());
            _isDone = true;
        }
    }

    /// <summary>Bytes of the three levels of data cache, from AMD's CPUID functions 80000005 and 80000006.</summary>
    internal static int[] SizesByOlderFunctions()
    {
        (_, _, int first, _) = X86Base.CpuId(unchecked((int)0x80000005), 0);
        (_, _, int second, int third) = X86Base.CpuId(unchecked((int)0x80000006), 0);
        long[] sizes = [(long)(uint)first >> 24 << 10, (long)(uint)second >> 16 << 10, (long)(uint)third >> 18 << 19];
        return [.. sizes.Select(size => (int)Math.Min(size, int.MaxValue))];
    }

    private static bool Detect()
    {
        if (!X86Base.IsSupported)
        {
            return false;
        }

        (_, int ebx, int ecx, int edx) = X86Base.CpuId(0, 0);
        string vendor = Encoding.ASCII.GetString([.. BitConverter.GetBytes(ebx), .. BitConverter.GetBytes(edx), .. BitConverter.GetBytes(ecx)]);
        (_, int lines, int sets, _) = X86Base.CpuId(unchecked((int)0x8000001D), 0);
        return vendor == "AuthenticAMD" && lines == 0 && sets == 0;
    }

    /// <summary>Runs a first convolution, which makes oneDNN detect the processor. Its plan is cached, but no network uses this shape.</summary>
    private static void MakeOneDnnLook()
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        nn.functional.conv2d(zeros(17, 3, 7, 7), zeros(5, 3, 3, 3));
    }

    private static nint FindCpu()
    {
        using var process = Process.GetCurrentProcess();
        ProcessModule library = process.Modules.Cast<ProcessModule>().FirstOrDefault(module => Path.GetFileName(module.FileName) == Library)
            ?? throw Unknown("is not loaded");
        long offset = ElfSymbols.Find(library.FileName!, Symbol) ?? throw Unknown($"has no symbol {Symbol}");
        return library.BaseAddress + (nint)offset;
    }

    private static int[] ReadSizes(nint cpu) => [.. Enumerable.Range(0, 3).Select(level => Marshal.ReadInt32(cpu + SizesOffset + (4 * level)))];

    private static void WriteSizes(nint cpu, int[] sizes)
    {
        for (int level = 0; level < sizes.Length; level++)
        {
            Marshal.WriteInt32(cpu + SizesOffset + (4 * level), sizes[level]);
        }
    }

    private static ServiceConfigurationException Unknown(string what) => new(
        $"This virtual machine hides the sizes of its caches (CPUID 8000001D), without which libtorch computes some convolutions wrongly, and {Library} {what}. "
        + $"Let the machine show them, or set the environment variable {LargestInstructionSet}=AVX: right, but up to three times slower.");
}
