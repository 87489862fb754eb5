using System.Net;
using Experiments.ServiceDefaults.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Tests.Health;

public sealed class HealthEndpointsTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Health is polled every few seconds: the answer carries the reason, and the log stays readable.</summary>
    [Fact]
    public async Task Get_UnhealthyPart_IsAnsweredWithItsReasonAndNotLoggedAtEveryPoll()
    {
        using var log = new LogCollector();
        await using WebApplication app = Service(log);
        await app.StartAsync(Token);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        using HttpResponseMessage ready = await client.GetAsync(HealthEndpoints.ReadinessPath, Token);
        using HttpResponseMessage alive = await client.GetAsync(HealthEndpoints.LivenessPath, Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("the belt is torn", await ready.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.Empty(log.Messages(LogLevel.Error));
        Assert.Empty(log.Messages(LogLevel.Warning));
    }

    private static WebApplication Service(LogCollector log)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddHealthChecks().AddCheck("belt", () => HealthCheckResult.Unhealthy("the belt is torn"));
        WebApplication app = builder.Build();
        app.MapDefaultEndpoints();
        return app;
    }
}
