using Experiments.ServiceDefaults.Hosting;
using Experiments.ServiceDefaults.Http;
using Experiments.ServiceDefaults.Startup;
using Experiments.ServiceDefaults.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults;

/// <summary>The services and middleware that every service uses.</summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>The tag of liveness checks, which decide whether the process should be restarted; the others are readiness checks.</summary>
    public const string LiveTag = "live";

    /// <summary>
    /// Telemetry, health checks, service discovery, resilient HTTP clients, the clock, and the <see cref="RequestGuards"/> for every request. Idempotent.
    /// </summary>
    public static TBuilder AddServiceDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        if (!builder.Services.MarkAdded("ServiceDefaults"))
        {
            return builder;
        }

        builder.AddTelemetry();
        builder.AddStartupReporting();
        builder.AddRequestGuards();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [LiveTag]);
        builder.QuietHealthChecks();
        builder.Services.AddServiceDiscovery();
        builder.Services.ConfigureHttpClientDefaults(http =>
        {
            http.AddStandardResilienceHandler();
            http.AddServiceDiscovery();
        });
        return builder;
    }

    /// <summary>
    /// The response of <c>/health</c> names what is unhealthy, and each component logs its own outage once. The health check service would log an error at
    /// every poll, even while the service is still starting.
    /// </summary>
    private static void QuietHealthChecks(this IHostApplicationBuilder builder) =>
        builder.Logging.AddFilter(typeof(HealthCheckService).Namespace, LogLevel.None);
}
