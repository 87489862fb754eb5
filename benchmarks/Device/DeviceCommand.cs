using Experiments.GpuWorker.Devices;
using Experiments.ServiceDefaults.Hosting;

namespace Experiments.Benchmarks.Device;

/// <summary>Reads the command line of the device benchmark and runs its parts.</summary>
internal static class DeviceCommand
{
    private const string Usage = "device [cpu|cuda:N] [--short] [--out FOLDER]";

    /// <returns>The exit code: 1 if a check failed.</returns>
    public static int Run(string[] arguments)
    {
        var rest = new Queue<string>(arguments);
        string setting = rest.TryPeek(out string? first) && !first.StartsWith('-') ? rest.Dequeue() : "auto";
        (DeviceSize size, string? folder) = (DeviceSize.Whole, null);
        while (rest.TryDequeue(out string? option))
        {
            switch (option)
            {
                case "--short":
                    size = DeviceSize.Short;
                    break;
                case "--out" when rest.TryDequeue(out string? given):
                    folder = given;
                    break;
                default:
                    Console.Error.WriteLine($"not understood: \"{option}\"; write {Usage}");
                    return 2;
            }
        }

        try
        {
            return Run(TrainingDevice.Select(setting), size, folder);
        }
        catch (ServiceConfigurationException refused)
        {
            Console.Error.WriteLine(refused.Message.Replace("Worker:Device", "the device", StringComparison.Ordinal));
            return 2;
        }
    }

    private static int Run(TrainingDevice device, DeviceSize size, string? folder)
    {
        var report = new DeviceReport(device.Name, DeviceMonitor.Create(device, TimeProvider.System).Read().Name);
        try
        {
            new DeviceAgreement(device, size, report).Run();
            new DeviceFigures(device, size, report).Run();
            new DeviceRates(device, size, report).Run();
            new DeviceFeeding(device, size, report).Run();
        }
        finally
        {
            // Keep the findings before the failure.
            if (folder is not null)
            {
                report.WriteTo(folder);
            }
        }

        return report.HasPassed ? 0 : 1;
    }
}
