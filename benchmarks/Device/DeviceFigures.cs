using System.Globalization;
using Experiments.Benchmarks.Training;
using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Devices;

namespace Experiments.Benchmarks.Device;

/// <summary>The device's monitoring values during training.</summary>
internal sealed class DeviceFigures(TrainingDevice device, DeviceSize size, DeviceReport report)
{
    private const string Part = "Figures of the device";

    public void Run()
    {
        IDeviceMonitor monitor = DeviceMonitor.Create(device, TimeProvider.System);
        var use = new DeviceUse(DeviceMonitor.Create(device, TimeProvider.System), TimeProvider.System);
        using var host = new TrainingHost(device.Name);
        Hyperparameters settings = Hyperparameters.Default with { Model = "resnet18", ImageSize = 32, BatchSize = size.BatchSize, Epochs = 2 };
        use.Take();
        var samples = new SampledListener(use);
        host.Train(host.Job(settings, new DatasetSpec { Name = "digits", Limit = size.Images }), samples, CancellationToken.None);
        DeviceUsage? usage = use.Take();
        DeviceInfo now = monitor.Read();
        report.Check(Part, "name", now.Name, now.Name.Length > 0);
        report.Check(Part, "memory in use, of total", $"{Gigabytes(now.MemoryUsed)} of {Gigabytes(now.MemoryTotal)}", now.MemoryUsed > 0 && now.MemoryTotal >= now.MemoryUsed);
        report.Figure(Part, "temperature", now.Temperature is { } degrees ? $"{degrees} °C" : "not reported");
        report.Check(Part, "utilization while resnet18 trains", usage is null ? "not reported" : usage.Utilization.ToString("P0", CultureInfo.InvariantCulture), usage is { Utilization: > 0 });
        report.Figure(Part, "peak memory meanwhile", usage is null ? "not reported" : Gigabytes(usage.MemoryBytes));
    }

    private static string Gigabytes(long bytes) => $"{(bytes / (double)(1L << 30)).ToString("F2", CultureInfo.InvariantCulture)} GiB";
}
