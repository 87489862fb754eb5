using System.Runtime.InteropServices;

namespace Experiments.GpuWorker.Devices;

/// <summary>Settings of the threading runtime below libtorch, which it reads from the environment when it is loaded.</summary>
internal static partial class OpenMp
{
    /// <summary>
    /// Lets threads that wait for one another sleep instead of spinning, unless the user has chosen. As soon as anything else wants the cores,
    /// spinning costs more than it saves: with a second busy process on 2 cores, training was measured five times faster asleep.
    /// To be called before anything of libtorch is.
    /// </summary>
    public static void SleepWhileWaiting()
    {
        if (OperatingSystem.IsLinux())
        {
            // The environment of .NET is a copy that native code does not see.
            _ = SetEnvironment("OMP_WAIT_POLICY", "PASSIVE", overwrite: 0);
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
