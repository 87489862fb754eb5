using System.Runtime.CompilerServices;
using Experiments.GpuWorker.Devices;

namespace Experiments.GpuWorker.Tests;

/// <summary>The native settings of a worker, for tests that use networks without one.</summary>
internal static class NativeSetup
{
    [ModuleInitializer]
    internal static void Set()
    {
        OpenMp.WaitBriefly();
        HiddenCaches.Restore();
    }
}
