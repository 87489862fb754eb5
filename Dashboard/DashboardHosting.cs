using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components;
using Experiments.Dashboard.Live;
using Experiments.ServiceDefaults;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.FileProviders;
using MudBlazor;
using MudBlazor.Services;

namespace Experiments.Dashboard;

/// <summary>The dashboard as parts: hosted by its own Program.cs and by Standalone.</summary>
public static class DashboardHosting
{
    /// <summary>Where the dashboard listens when nothing else is configured.</summary>
    public const int DefaultPort = 5082;

    private const string DefaultOrchestrator = "http://localhost:5081";
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Adds pages, live feeds and the client of the Orchestrator, which is found by service discovery
    /// (<c>services:orchestrator:http:0</c>), else expected at its default address on this machine.
    /// </summary>
    public static WebApplicationBuilder AddDashboard(this WebApplicationBuilder builder)
    {
        builder.UseDashboardAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            options.SnackbarConfiguration.PreventDuplicates = true;
        });
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddMetricStream();
        builder.AddOrchestratorClient();
        builder.Services.AddSingleton<ChangeFeed>().AddHostedService(services => services.GetRequiredService<ChangeFeed>());
        builder.Services.AddSingleton<LiveMetrics>().AddHostedService(services => services.GetRequiredService<LiveMetrics>());
        return builder;
    }

    /// <summary>Maps pages, their css and js, and downloads.</summary>
    public static WebApplication MapDashboard(this WebApplication app)
    {
        app.UseNotFoundPage();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapDownloads();
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        return app;
    }

    /// <summary>Finds css and js however the program was started.</summary>
    private static void UseDashboardAssets(this WebApplicationBuilder builder)
    {
        // dotnet run: else they are found in the Development environment alone.
        builder.WebHost.UseStaticWebAssets();

        // Published and started from another folder: else empty files are served, since wwwroot is looked for in that folder.
        string published = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (!Directory.Exists(builder.Environment.WebRootPath) && Directory.Exists(published))
        {
            builder.Environment.WebRootPath = published;
            builder.Environment.WebRootFileProvider = new PhysicalFileProvider(published);
        }
    }

    private static void AddOrchestratorClient(this WebApplicationBuilder builder)
    {
        string key = $"services:{ResourceNames.Orchestrator}:http:0";
        if (!builder.Configuration.GetSection($"services:{ResourceNames.Orchestrator}").Exists())
        {
            builder.Configuration[key] = DefaultOrchestrator;
        }

        builder.Services.AddServiceDiscovery();
#pragma warning disable EXTEXP0001 // RemoveAllResilienceHandlers is marked as experimental.
        builder.Services
            .AddHttpClient<OrchestratorClient>(client =>
            {
                client.BaseAddress = new Uri($"http://{ResourceNames.Orchestrator}");
                client.Timeout = LongestWait;
            })
            .AddServiceDiscovery()
            .RemoveAllLoggers()
            // Pages tell at once that the Orchestrator is away and try again themselves; a launch must not be sent twice.
            .RemoveAllResilienceHandlers();
#pragma warning restore EXTEXP0001
    }
}
