using MassTransit.Logging;
using MassTransit.Monitoring;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Experiments.ServiceDefaults.Telemetry;

/// <summary>OpenTelemetry for traces, metrics and logs; nothing of it is collected unless somebody listens.</summary>
internal static class TelemetryRegistration
{
    /// <summary>The standard setting that says where a collector listens; Aspire sets it.</summary>
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[EndpointKey]))
        {
            return;
        }

        builder.Logging.AddOpenTelemetry(logging =>
        {
            logging.IncludeFormattedMessage = true;
            logging.IncludeScopes = true;
        });
        builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(builder.Environment.ApplicationName))
            .WithMetrics(AddMeters)
            .WithTracing(AddSources)
            .UseOtlpExporter();
    }

    private static void AddMeters(MeterProviderBuilder metrics) => metrics
        .AddAspNetCoreInstrumentation()
        .AddHttpClientInstrumentation()
        .AddRuntimeInstrumentation()
        .AddMeter(InstrumentationOptions.MeterName, ExperimentsTelemetry.AllNames);

    private static void AddSources(TracerProviderBuilder tracing) => tracing
        .AddAspNetCoreInstrumentation(options => options.Filter = IsNotHealthProbe)
        .AddHttpClientInstrumentation()
        .AddSource(DiagnosticHeaders.DefaultListenerName, ExperimentsTelemetry.AllNames);

    private static bool IsNotHealthProbe(HttpContext context) =>
        !context.Request.Path.StartsWithSegments(HealthEndpoints.ReadinessPath, StringComparison.Ordinal)
        && !context.Request.Path.StartsWithSegments(HealthEndpoints.LivenessPath, StringComparison.Ordinal);
}
