using Experiments.ServiceDefaults.Access;
using Experiments.ServiceDefaults.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Experiments.ServiceDefaults.Health;

/// <summary>The readiness and liveness endpoints for Aspire, Kubernetes and operators.</summary>
public static class HealthEndpoints
{
    /// <summary>Readiness: all checks.</summary>
    public const string ReadinessPath = "/health";

    /// <summary>Liveness: only the checks tagged <see cref="ServiceDefaultsExtensions.LiveTag"/>.</summary>
    public const string LivenessPath = "/alive";

    /// <summary>Maps both; each answers 200 or 503 with a body that names every check. No token is needed.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapGet(ReadinessPath, context => AnswerAsync(context, _ => true)).ExcludeFromDescription().AllowAnonymous();
        app.MapGet(LivenessPath, context => AnswerAsync(context, check => check.Tags.Contains(ServiceDefaultsExtensions.LiveTag)))
            .ExcludeFromDescription()
            .AllowAnonymous();
        return app;
    }

    /// <summary>Where callers are identified, others learn only the status: the checks name addresses and folders.</summary>
    private static bool MayReadChecks(HttpContext context) =>
        AccessOptions.ModeOf(context.RequestServices.GetRequiredService<IConfiguration>()) == AccessMode.Open || context.User.FindRole() is not null;

    /// <remarks>
    /// ASP.NET Core's MapHealthChecks creates the checks, and with them the bus, when it maps: an invalid setting would end the
    /// program before <see cref="ServiceRunner"/> could report it.
    /// </remarks>
    private static async Task AnswerAsync(HttpContext context, Func<HealthCheckRegistration, bool> isAsked)
    {
        HealthCheckService checks = context.RequestServices.GetRequiredService<HealthCheckService>();
        HealthReport report = await checks.CheckHealthAsync(isAsked, context.RequestAborted);
        context.Response.StatusCode = report.Status == HealthStatus.Unhealthy
            ? StatusCodes.Status503ServiceUnavailable
            : StatusCodes.Status200OK;
        context.Response.Headers.CacheControl = "no-store, no-cache";
        await HealthReportJson.WriteAsync(context, report, withChecks: MayReadChecks(context));
    }
}
