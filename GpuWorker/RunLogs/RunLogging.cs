using Experiments.GpuWorker.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Experiments.GpuWorker.RunLogs;

/// <summary>Adds the storage of run logs.</summary>
internal static class RunLogging
{
    private const string Switch = $"{WorkerOptions.Section}:{nameof(WorkerOptions.RunLog)}";

    /// <summary>
    /// The log has its own levels, independent of the console: information and above of Experiments' own classes, warnings of others.
    /// </summary>
    public static void AddRunLogs(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<RunLogQueue>();
        if (!builder.Configuration.GetValue(Switch, defaultValue: true))
        {
            return;
        }

        builder.Services.AddSingleton<ILoggerProvider, RunLogProvider>();
        builder.Logging.AddFilter<RunLogProvider>(null, LogLevel.Warning);
        builder.Logging.AddFilter<RunLogProvider>(nameof(Experiments), LogLevel.Information);
    }
}
