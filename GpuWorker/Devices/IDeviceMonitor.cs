namespace Experiments.GpuWorker.Devices;

/// <summary>The current state of a device.</summary>
/// <param name="Device"><c>cpu</c> or <c>cuda:N</c>.</param>
/// <param name="Name">Its model, if known.</param>
/// <param name="MemoryUsed">Bytes: of this process on the CPU, of all processes on a GPU.</param>
/// <param name="MemoryTotal">Bytes.</param>
/// <param name="Utilization">0 to 1, since the last reading.</param>
/// <param name="Temperature">Degrees Celsius; null if it cannot be read.</param>
public sealed record DeviceInfo(string Device, string Name, long MemoryUsed, long MemoryTotal, double Utilization, int? Temperature = null);

/// <summary>Monitors the device that this worker trains on.</summary>
public interface IDeviceMonitor
{
    /// <summary>Takes microseconds; may be called from any thread during training.</summary>
    DeviceInfo Read();
}
