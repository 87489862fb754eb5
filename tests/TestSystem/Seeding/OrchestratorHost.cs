using Experiments.Orchestrator;
using Experiments.ServiceDefaults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.TestSystem.Seeding;

/// <summary>An Orchestrator over real Kestrel and SQLite, with a temporary folder, or a given one.</summary>
public sealed class OrchestratorHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string? _ownFolder;

    private OrchestratorHost(WebApplication app, string? ownFolder)
    {
        _app = app;
        _ownFolder = ownFolder;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromMinutes(10) };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    /// <param name="redis">The address of Redis; null for an in-memory stream.</param>
    /// <param name="folder">The folder of the databases, which is kept.</param>
    public static async Task<OrchestratorHost> StartAsync(string? redis = null, string? folder = null)
    {
        string? ownFolder = folder is null ? Directory.CreateTempSubdirectory("experiments-orchestrator-").FullName : null;
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Storage:Root"] = folder ?? ownFolder;
        builder.Configuration["ConnectionStrings:redis"] = redis;
        builder.AddServiceDefaults();
        builder.AddMetricStream();
        builder.AddArtifactStore();
        builder.AddMessageBus(bus => bus.AddOrchestratorConsumers());
        builder.AddOrchestrator();
        WebApplication app = builder.Build();
        app.MapOrchestrator();
        await app.StartAsync();
        return new OrchestratorHost(app, ownFolder);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_ownFolder is not null)
        {
            Directory.Delete(_ownFolder, recursive: true);
        }
    }
}
