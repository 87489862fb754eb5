using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Startup;

/// <summary>
/// Whether failures of the start are reported by <see cref="ServiceRunner"/> in words, so that the host need not log
/// them with a stack trace.
/// </summary>
internal sealed class StartupReporting
{
    /// <summary>True from the beginning of the runner until the service has started.</summary>
    public volatile bool Active;
}

internal static class StartupReportingRegistration
{
    private const string HostCategory = "Microsoft.Extensions.Hosting.Internal.Host";

    public static void AddStartupReporting(this IHostApplicationBuilder builder)
    {
        var reporting = new StartupReporting();
        builder.Services.AddSingleton(reporting);
        builder.Logging.AddFilter(HostCategory, level => level >= LogLevel.Information && !reporting.Active);
    }
}
