using Experiments.GpuWorker.Devices;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.GpuWorker.Tests.Devices;

public sealed class DeviceUseTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedMonitor _monitor = new();

    [Fact]
    public void Take_SamplesOfDifferentLength_WeighsThemByTheirTimeAndKeepsTheMostMemory()
    {
        var use = new DeviceUse(_monitor, _time);
        Look(use, seconds: 5, utilization: 1, memory: 300);
        Look(use, seconds: 5, utilization: 0.8, memory: 900);
        _time.Advance(TimeSpan.FromSeconds(2));
        _monitor.Device = Device(0, 100);

        Assert.Equal(new DeviceUsage(9.0 / 12, 900), use.Take());
    }

    [Fact]
    public void Take_Again_TellsWhatCameSince()
    {
        var use = new DeviceUse(_monitor, _time);
        Look(use, seconds: 5, utilization: 1, memory: 900);
        use.Take();
        _time.Advance(TimeSpan.FromSeconds(2));
        _monitor.Device = Device(0.25, 100);

        Assert.Equal(new DeviceUsage(0.25, 100), use.Take());
    }

    [Fact]
    public void Take_DeviceThatTellsNothing_IsNothing()
    {
        _monitor.Device = new DeviceInfo("cuda:0", "cuda:0", 0, 0, 0);

        Assert.Null(new DeviceUse(_monitor, _time).Take());
    }

    private static DeviceInfo Device(double utilization, long memory) => new("cpu", "a CPU", memory, 1000, utilization);

    private void Look(DeviceUse use, double seconds, double utilization, long memory)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        _monitor.Device = Device(utilization, memory);
        use.Sample();
    }

    private sealed class ScriptedMonitor : IDeviceMonitor
    {
        public DeviceInfo Device { get; set; } = DeviceUseTests.Device(0, 0);

        public DeviceInfo Read() => Device;
    }
}
