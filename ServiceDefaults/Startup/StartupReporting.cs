using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Startup;

/// <summary>
/// Whether failures of the start are reported by <see cref="ServiceRunner"/>, in words, and so need not be logged
/// with a stack trace by the host too.
/// </summary>
internal sealed class StartupReporting
{
    /// <summary>True from when the runner takes over until the service is up.</summary>
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
