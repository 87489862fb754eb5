using Experiments.GpuWorker.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Experiments.GpuWorker.RunLogs;

/// <summary>Adds what keeps the logs of runs.</summary>
internal static class RunLogging
{
    private const string Switch = $"{WorkerOptions.Section}:{nameof(WorkerOptions.RunLog)}";

    /// <summary>
    /// The levels of the log are its own, so that a quiet console takes nothing from it: everything worth telling of Experiments' own, and what others warn of.
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
