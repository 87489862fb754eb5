using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components;
using Experiments.Dashboard.Components.Housekeeping;
using Experiments.Dashboard.Live;
using Experiments.ServiceDefaults;
using Experiments.ServiceDefaults.Discovery;
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

    /// <summary>Bytes. A sweep file may have half of it; what is longer than 32 KB would end the page without a word otherwise.</summary>
    private const int LongestMessage = 2 * 1024 * 1024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Adds pages, live feeds and the client of the Orchestrator, which is found by service discovery
    /// (<c>services:orchestrator:http:0</c>), else expected at its default address on this machine.
    /// </summary>
    public static WebApplicationBuilder AddDashboard(this WebApplicationBuilder builder)
    {
        builder.UseDashboardAssets();
        builder.Services.AddRazorComponents().AddInteractiveServerComponents()
            .AddHubOptions(options => options.MaximumReceiveMessageSize = LongestMessage);
        builder.Services.AddMudServices(options =>
        {
            options.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight;
            options.SnackbarConfiguration.PreventDuplicates = true;
        });
        builder.Services.AddScoped<Housekeeper>();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddMetricStream();
        builder.AddOrchestratorClient();
        builder.Services.AddSingleton<ChangeListener>().AddHostedService(services => services.GetRequiredService<ChangeListener>());
        builder.Services.AddSingleton<LiveMetrics>().AddHostedService(services => services.GetRequiredService<LiveMetrics>());
        return builder;
    }

    /// <summary>Maps pages, their css and js, and downloads.</summary>
    public static WebApplication MapDashboard(this WebApplication app)
    {
        app.UseNotFoundPage();
        app.UsePagePolicy();
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapDownloads();

        // Which pages may frame these is said by PagePolicy, with everything else.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
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
        builder.UseDefaultOrchestratorAddress();
        builder.Services
            .AddHttpClient<OrchestratorClient>(client =>
            {
                client.BaseAddress = OrchestratorAddress.Discovered;
                client.Timeout = LongestWait;
            })
            // Pages tell at once that the Orchestrator is away and try again themselves; a launch must not be sent twice.
            .AddOrchestratorDiscovery();
    }
}
