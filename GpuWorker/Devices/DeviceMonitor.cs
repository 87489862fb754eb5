namespace Experiments.GpuWorker.Devices;

/// <summary>Chooses how to watch a device.</summary>
public static class DeviceMonitor
{
    public static IDeviceMonitor Create(TrainingDevice device, TimeProvider time) =>
        device.CudaIndex is { } index ? new GpuMonitor(device.Name, index) : new CpuMonitor(time);
}
