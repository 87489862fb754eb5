using System.Runtime.InteropServices;

namespace Experiments.GpuWorker.Devices;

/// <summary>Settings of glibc's allocator, which libtorch uses for tensors on the CPU.</summary>
internal static partial class NativeHeap
{
    // malloc.h of glibc.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MapThreshold = -3;

    /// <summary>
    /// Keeps up to 1 GiB of freed memory for later allocations, instead of returning it to the system. A step frees everything that the next
    /// one needs again: requesting it again, page by page, cost resnet18 at 32 px an eighth of its speed.
    /// </summary>
    public static void KeepFreedMemory()
    {
        // Other systems' allocators, musl's among them, have no such settings.
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad("libc.so.6", out nint glibc))
        {
            NativeLibrary.Free(glibc);

            // Setting one of them stops glibc from adapting the other: the threshold for mapped blocks is set to the maximum that glibc would reach itself.
            _ = SetOption(MapThreshold, 32 << 20);
            _ = SetOption(TopPad, 64 << 20);
            _ = SetOption(TrimThreshold, 1 << 30);
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);
}
