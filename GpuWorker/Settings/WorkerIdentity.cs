using System.Globalization;
using Experiments.GpuWorker.Devices;
using Microsoft.Extensions.Options;

namespace Experiments.GpuWorker.Settings;

/// <summary>Who this worker is to the others.</summary>
public sealed class WorkerIdentity(IOptions<WorkerOptions> options, TrainingDevice device)
{
    public string Host { get; } = Environment.MachineName.ToLowerInvariant();

    /// <summary><c>cpu</c> or <c>cuda:N</c>.</summary>
    public string Device { get; } = device.Name;

    public string Id { get; } = options.Value.Id ?? string.Create(
        CultureInfo.InvariantCulture,
        $"{Environment.MachineName.ToLowerInvariant()}-{device.Name.Replace(':', '-')}-{Environment.ProcessId}");
}
