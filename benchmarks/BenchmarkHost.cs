using Experiments.Orchestrator;
using Experiments.ServiceDefaults;

namespace Experiments.Benchmarks;

/// <summary>An Orchestrator over real Kestrel and SQLite, on a folder that is deleted afterwards.</summary>
internal sealed class BenchmarkHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly string _folder;

    private BenchmarkHost(WebApplication app, string folder)
    {
        _app = app;
        _folder = folder;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromMinutes(10) };
    }

    public HttpClient Client { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<BenchmarkHost> StartAsync()
    {
        string folder = Directory.CreateTempSubdirectory("experiments-benchmark-").FullName;
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration["Storage:Root"] = folder;
        builder.AddServiceDefaults();
        builder.AddMetricStream();
        builder.AddArtifactStore();
        builder.AddMessageBus(bus => bus.AddOrchestratorConsumers());
        builder.AddOrchestrator();
        WebApplication app = builder.Build();
        app.MapOrchestrator();
        await app.StartAsync();
        return new BenchmarkHost(app, folder);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
