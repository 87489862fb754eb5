namespace Experiments.GpuWorker.Devices;

/// <summary>How much of the device was used over some time.</summary>
/// <param name="Utilization">0 to 1, the mean over that time.</param>
/// <param name="MemoryBytes">The most that was seen.</param>
public sealed record DeviceUsage(double Utilization, long MemoryBytes);

/// <summary>
/// Sums up what training uses of the device, from the end of one epoch to the end of the next. It is looked at with each heartbeat too: a GPU tells of
/// its last moment alone, and at the end of an epoch that is a quiet one.
/// </summary>
/// <param name="monitor">For this alone: what it tells on a CPU counts from when it was last asked.</param>
public sealed class DeviceUse(IDeviceMonitor monitor, TimeProvider time)
{
    private readonly Lock _gate = new();
    private long _lastTime = time.GetTimestamp();
    private double _seconds;
    private double _usedSeconds;
    private long _memory;
    private bool _isKnown;

    /// <summary>Looks at the device. Takes microseconds.</summary>
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

    /// <summary>What was used since the last time, and begins anew.</summary>
    /// <returns>Null where the device tells nothing, as a GPU without its driver's library.</returns>
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
