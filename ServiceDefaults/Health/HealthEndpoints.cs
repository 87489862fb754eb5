using Experiments.ServiceDefaults.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace Experiments.ServiceDefaults;

/// <summary>The two questions that Aspire, Kubernetes and operators ask.</summary>
public static class HealthEndpoints
{
    /// <summary>Is it ready for work? All checks.</summary>
    public const string ReadinessPath = "/health";

    /// <summary>Should it be restarted? Only the checks tagged <see cref="ServiceDefaultsExtensions.LiveTag"/>.</summary>
    public const string LivenessPath = "/alive";

    /// <summary>Maps both; each answers 200 or 503 with a body that names every check, so that it tells what is unhealthy.</summary>
    public static WebApplication MapDefaultEndpoints(this WebApplication app)
    {
        app.MapHealthChecks(ReadinessPath, new HealthCheckOptions { ResponseWriter = HealthReportJson.WriteAsync });
        app.MapHealthChecks(LivenessPath, new HealthCheckOptions
        {
            Predicate = check => check.Tags.Contains(ServiceDefaultsExtensions.LiveTag),
            ResponseWriter = HealthReportJson.WriteAsync,
        });
        return app;
    }
}
