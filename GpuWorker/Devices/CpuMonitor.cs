using System.Runtime.InteropServices;

namespace Experiments.GpuWorker.Devices;

/// <summary>Monitors this process: resident memory and share of all cores.</summary>
public sealed class CpuMonitor(TimeProvider time) : IDeviceMonitor
{
    private readonly Lock _gate = new();
    private readonly string _name = $"{Environment.ProcessorCount} cores, {RuntimeInformation.ProcessArchitecture}";
    private long _lastTime = time.GetTimestamp();
    private TimeSpan _lastUsage = Environment.CpuUsage.TotalTime;

    public DeviceInfo Read() =>
        new("cpu", _name, Environment.WorkingSet, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, ReadUtilization());

    private double ReadUtilization()
    {
        lock (_gate)
        {
            long now = time.GetTimestamp();
            TimeSpan usage = Environment.CpuUsage.TotalTime;
            double elapsed = time.GetElapsedTime(_lastTime, now).TotalSeconds * Environment.ProcessorCount;
            double share = elapsed > 0 ? (usage - _lastUsage).TotalSeconds / elapsed : 0;
            (_lastTime, _lastUsage) = (now, usage);
            return Math.Clamp(share, 0, 1);
        }
    }
}
