namespace Experiments.GpuWorker.Devices;

/// <summary>Monitors an NVIDIA GPU through its driver. Without the driver's library, all values are 0.</summary>
public sealed class GpuMonitor : IDeviceMonitor
{
    private readonly string _device;
    private readonly IntPtr _handle;
    private readonly string _name;

    /// <param name="device"><c>cuda:N</c>.</param>
    /// <param name="cudaIndex">N, as CUDA counts in this process.</param>
    public GpuMonitor(string device, int cudaIndex)
    {
        _device = device;
        _handle = NvidiaManagement.Open(Environment.GetEnvironmentVariable("CUDA_VISIBLE_DEVICES"), cudaIndex);
        _name = NvidiaManagement.NameOf(_handle) ?? device;
    }

    public DeviceInfo Read()
    {
        (long used, long total) = NvidiaManagement.MemoryOf(_handle);
        return new DeviceInfo(_device, _name, used, total, NvidiaManagement.UtilizationOf(_handle), NvidiaManagement.TemperatureOf(_handle));
    }
}
