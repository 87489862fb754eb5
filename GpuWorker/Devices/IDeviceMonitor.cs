namespace Experiments.GpuWorker.Devices;

/// <summary>What a device is doing.</summary>
/// <param name="Device"><c>cpu</c> or <c>cuda:N</c>.</param>
/// <param name="Name">Its model, as far as is known.</param>
/// <param name="MemoryUsed">Bytes: of this process on the CPU, of all processes on a GPU.</param>
/// <param name="MemoryTotal">Bytes.</param>
/// <param name="Utilization">0 to 1, since the last reading.</param>
/// <param name="Temperature">Degrees Celsius; null where it cannot be read.</param>
public sealed record DeviceInfo(string Device, string Name, long MemoryUsed, long MemoryTotal, double Utilization, int? Temperature = null);

/// <summary>Watches the device that this worker trains on.</summary>
public interface IDeviceMonitor
{
    /// <summary>Takes microseconds and may be called from any thread while training runs.</summary>
    DeviceInfo Read();
}
