using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components;
using Experiments.Dashboard.Components.Housekeeping;
using Experiments.Dashboard.Http;
using Experiments.Dashboard.Live;
using Experiments.Dashboard.Login;
using Experiments.Dashboard.Sessions;
using Experiments.ServiceDefaults;
using Experiments.ServiceDefaults.Access;
using Experiments.ServiceDefaults.Discovery;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.FileProviders;
using MudBlazor;
using MudBlazor.Services;

namespace Experiments.Dashboard;

/// <summary>Registers and maps the dashboard, for its own Program.cs and for Standalone.</summary>
public static class DashboardHosting
{
    /// <summary>The default port.</summary>
    public const int DefaultPort = 5082;

    /// <summary>In bytes; a sweep file may have half of it. By default a message over 32 KB closes the page's connection without an error.</summary>
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
        builder.Services.AddScoped<Session>();
        builder.AddLogin();
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
        bool hasLogin = AccessOptions.ModeOf(app.Configuration) == AccessMode.Tokens;
        app.UseAccess();
        if (hasLogin)
        {
            app.UseSessions();
            app.MapLogin();
        }

        app.UseNotFoundPage();
        app.UsePagePolicy();
        app.UseAntiforgery();

        // The page to sign in needs some of them, and none is secret.
        app.MapStaticAssets().AllowAnonymous();
        app.MapDownloads();

        // PagePolicy sets frame-ancestors together with the rest.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }

    /// <summary>Serves css and js however the program was started.</summary>
    private static void UseDashboardAssets(this WebApplicationBuilder builder)
    {
        // For dotnet run outside the Development environment.
        builder.WebHost.UseStaticWebAssets();

        // For a published program started from another folder, where it would look for wwwroot and serve empty files.
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
            // No retries: pages report an unreachable Orchestrator immediately and retry themselves; a launch must not be sent twice.
            .AddOrchestratorDiscovery();
    }
}
