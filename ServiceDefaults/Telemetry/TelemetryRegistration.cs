using System.Diagnostics;
using Experiments.ServiceDefaults.Health;
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

/// <summary>OpenTelemetry for traces, metrics and logs; nothing is collected without an exporter.</summary>
internal static class TelemetryRegistration
{
    /// <summary>The standard setting with the address of the collector; Aspire sets it.</summary>
    public const string EndpointKey = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>The standard setting that names the service; Aspire sets it to the name of the resource.</summary>
    public const string ServiceNameKey = "OTEL_SERVICE_NAME";

    /// <summary>Health probes, and the static files and connections of pages.</summary>
    private static readonly string[] UntracedPaths = [HealthEndpoints.ReadinessPath, HealthEndpoints.LivenessPath, "/_blazor", "/_framework", "/_content"];

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
            .ConfigureResource(resource => Name(resource, builder))
            .WithMetrics(AddMeters)
            .WithTracing(AddSources)
            .UseOtlpExporter();
    }

    /// <summary>A configured name wins, together with its instance id.</summary>
    private static void Name(ResourceBuilder resource, IHostApplicationBuilder builder)
    {
        if (string.IsNullOrWhiteSpace(builder.Configuration[ServiceNameKey]))
        {
            resource.AddService(builder.Environment.ApplicationName);
        }
    }

    private static void AddMeters(MeterProviderBuilder metrics) => metrics
        .AddAspNetCoreInstrumentation()
        .AddHttpClientInstrumentation()
        .AddRuntimeInstrumentation()
        .AddMeter(InstrumentationOptions.MeterName, ExperimentsTelemetry.AllNames);

    private static void AddSources(TracerProviderBuilder tracing) => tracing
        .AddProcessor(new RoutineFilter())
        .AddAspNetCoreInstrumentation(options =>
        {
            options.Filter = IsTraced;
            options.EnrichWithHttpRequest = MarkReads;
        })
        .AddHttpClientInstrumentation()
        .AddSource(DiagnosticHeaders.DefaultListenerName, ExperimentsTelemetry.AllNames);

    private static bool IsTraced(HttpContext context) =>
        !UntracedPaths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal));

    /// <summary>A read outside of a larger trace is routine: pages and scripts poll.</summary>
    private static void MarkReads(Activity activity, HttpRequest request)
    {
        if (activity.ParentSpanId == default && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
        {
            activity.Mark();
        }
    }
}
