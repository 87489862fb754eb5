namespace Experiments.GpuWorker.Devices;

/// <summary>Creates the monitor of a device.</summary>
public static class DeviceMonitor
{
    public static IDeviceMonitor Create(TrainingDevice device, TimeProvider time) =>
        device.CudaIndex is { } index ? new GpuMonitor(device.Name, index) : new CpuMonitor(time);
}
