namespace Experiments.GpuWorker.Devices;

/// <summary>The use of the device over a period.</summary>
/// <param name="Utilization">0 to 1, the mean over the period.</param>
/// <param name="MemoryBytes">The highest value observed.</param>
public sealed record DeviceUsage(double Utilization, long MemoryBytes);

/// <summary>
/// Accumulates the use of the device by training, from the end of one epoch to the end of the next. Sampled with each heartbeat too: a GPU reports only
/// its current load, which is low at the end of an epoch.
/// </summary>
/// <param name="monitor">Not shared: on a CPU, each reading covers the time since the previous one.</param>
public sealed class DeviceUse(IDeviceMonitor monitor, TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _lastTime = time.GetTimestamp();
    private double _seconds;
    private double _usedSeconds;
    private long _memory;
    private bool _isKnown;

    /// <summary>Samples the device. Takes microseconds.</summary>
    public void Sample()
    {
        lock (_gate)
        {
            DeviceInfo device = monitor.Read();
            long now = time.GetTimestamp();
            double seconds = time.GetElapsedTime(_lastTime, now).TotalSeconds;
            _lastTime = now;
            _seconds += seconds;
            _usedSeconds += seconds * device.Utilization;
            _memory = Math.Max(_memory, device.MemoryUsed);
            _isKnown = device.MemoryTotal > 0;
        }
    }

    /// <summary>Returns the use since the last call and starts a new period.</summary>
    /// <returns>Null if the device provides no data, such as a GPU without its driver's library.</returns>
    public DeviceUsage? Take()
    {
        lock (_gate)
        {
            Sample();
            DeviceUsage? usage = _isKnown ? new DeviceUsage(_seconds > 0 ? _usedSeconds / _seconds : 0, _memory) : null;
            (_seconds, _usedSeconds, _memory) = (0, 0, 0);
            return usage;
        }
    }
}
