using System.Runtime.InteropServices;

namespace Experiments.GpuWorker.Devices;

/// <summary>Settings of libtorch's threading runtime, which reads them from the environment when it is loaded.</summary>
internal static partial class OpenMp
{
    /// <summary>
    /// Threads that wait for one another spin briefly before they sleep, unless the user has set it: 3,000 iterations, some tens of
    /// microseconds. The layers of a small network follow one another faster than a thread wakes up: without spinning, resnet18 at 32 px on 2
    /// cores trained at 0.8 of that speed. libtorch's default of 300,000 costs more than it saves as soon as another process needs the cores: with a
    /// second busy process training went five times slower; with 3,000 it keeps 0.85 of the speed without spinning.
    /// Must be called before libtorch is loaded.
    /// </summary>
    public static void WaitBriefly()
    {
        if (OperatingSystem.IsLinux())
        {
            // The environment of .NET is a copy that native code does not see.
            _ = SetEnvironment("GOMP_SPINCOUNT", "3000", overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
