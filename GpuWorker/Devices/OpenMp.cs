using System.Runtime.InteropServices;

namespace Experiments.GpuWorker.Devices;

/// <summary>Settings of the threading runtime below libtorch, which it reads from the environment when it is loaded.</summary>
internal static partial class OpenMp
{
    /// <summary>
    /// Threads that wait for one another look out for a moment before they sleep, unless the user has chosen: 3,000 turns, some tens of
    /// microseconds. The layers of a small network follow one another faster than a thread wakes up: asleep at once, resnet18 at 32 px on 2
    /// cores trained at 0.8 of that speed. libtorch's own 300,000 turns cost more than they save as soon as anything else wants the cores: with a
    /// second busy process training went five times slower; with 3,000 it keeps 0.85 of what threads that sleep at once have.
    /// To be called before anything of libtorch is.
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
