using Experiments.ServiceDefaults.Health;
using Experiments.ServiceDefaults.Hosting;
using Experiments.ServiceDefaults.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Tests.Startup;

/// <summary>A service with all that <c>ServiceDefaults</c> adds. Standard error is shared by the process: tests that start such a service are in the collection of this name.</summary>
internal sealed class StartedService : IDisposable
{
    public LogCollector Log { get; } = new();

    public void Dispose() => Log.Dispose();

    public WebApplication Build(int port, params (string Key, string Value)[] settings)
    {
        WebApplication app = CreateBuilder(port, settings).Build();
        app.MapDefaultEndpoints();
        return app;
    }

    public WebApplicationBuilder CreateBuilder(int port, params (string Key, string Value)[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.UseLoopbackByDefault(port);
        builder.AddServiceDefaults();
        builder.AddMetricStream();
        builder.AddMessageBus(_ => { });
        if (settings.Any(setting => setting.Key.StartsWith("Artifacts:", StringComparison.Ordinal)))
        {
            builder.AddArtifactStore();
        }

        if (settings.Any(setting => setting.Key == "ConnectionStrings:redis"))
        {
            builder.Services.AddHostedService<ReadsMetrics>();
        }

        return builder;
    }

    public static Task<(int ExitCode, string Errors)> RunAsync(WebApplication app) => RunAsync(app.RunServiceAsync);

    public static async Task<(int ExitCode, string Errors)> RunAsync(Func<Task<int>> run)
    {
        TextWriter before = Console.Error;
        using var errors = new StringWriter();
        Console.SetError(errors);
        try
        {
            return (await run(), errors.ToString());
        }
        finally
        {
            Console.SetError(before);
        }
    }

    public static ICollection<string> Addresses(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

    private sealed class ReadsMetrics(Experiments.ServiceDefaults.Metrics.IMetricStream stream) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await foreach (var page in stream.ReadAsync(null, stoppingToken))
            {
                Assert.NotEmpty(page);
            }
        }
    }
}
