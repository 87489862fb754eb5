using System.Runtime.InteropServices;

namespace Experiments.GpuWorker.Devices;

/// <summary>
/// The stack on which a thread handles signals, such as that of a null reference. .NET's has 12 KiB: too little once the thread has computed in bfloat16 on
/// a processor with AMX, whose registers alone take 11 KiB there. Then the process ends (139) where others throw a NullReferenceException.
/// </summary>
internal static partial class SignalStack
{
    private const int Bytes = 128 * 1024;

    private const int ReadWrite = 3;
    private const int NoAccess = 0;
    private const int PrivateAnonymous = 0x22;

    [ThreadStatic]
    private static bool _isLarge;

    /// <summary>Gives the calling thread a larger one; does nothing where processors have no AMX. .NET frees it when the thread ends.</summary>
    /// <returns>False if nothing was changed: not needed, or already done.</returns>
    public static bool EnlargeOnThisThread()
    {
        if (_isLarge || !OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return false;
        }

        _isLarge = true;
        nint memory = Map(0, Bytes, ReadWrite, PrivateAnonymous, -1, 0);
        if (memory == -1)
        {
            return false;
        }

        // The lowest page faults, so that an overflow ends the process instead of overwriting other memory, as with .NET's.
        _ = Protect(memory, Environment.SystemPageSize, NoAccess);
        if (Set(new Area { Start = memory, Size = Bytes }, out Area before) != 0)
        {
            _ = Unmap(memory, Bytes);
            return false;
        }

        // .NET frees the one that it finds when the thread ends: the new one.
        if (before is { Start: not 0, Flags: 0 })
        {
            _ = Unmap(before.Start, before.Size);
        }

        return true;
    }

    [LibraryImport("libc", EntryPoint = "sigaltstack")]
    private static partial int Set(in Area area, out Area before);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nint length);

    /// <summary>signal.h's <c>stack_t</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Area
    {
        public nint Start;
        public int Flags;
        public nint Size;
    }
}
