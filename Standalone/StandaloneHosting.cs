using System.Globalization;
using System.Security.Cryptography;
using Experiments.Dashboard;
using Experiments.Dashboard.Sessions;
using Experiments.GpuWorker;
using Experiments.Orchestrator;
using Experiments.ServiceDefaults;
using Experiments.ServiceDefaults.Access;
using Experiments.ServiceDefaults.Health;
using Experiments.ServiceDefaults.Hosting;
using Experiments.Standalone.Commands;
using Experiments.Standalone.Progress;
using Spectre.Console;

namespace Experiments.Standalone;

/// <summary>Orchestrator, worker and dashboard in one process, registered by their own methods.</summary>
internal static class StandaloneHosting
{
    private const int Port = 5080;
    private const int WidthOfPipes = 250;
    private const string DashboardKey = $"{AccessOptions.Section}:Dashboard";

    /// <param name="sweepFile">The sweep to launch; null to serve only.</param>
    public static WebApplication Build(ServeOptions options, SweepFile? sweepFile)
    {
        WebApplicationBuilder builder = CreateBuilder(options);
        builder.AddServices();
        builder.Services.AddSingleton(CreateConsole());
        builder.Services.AddHostedService<AddressNotice>();
        if (sweepFile is not null)
        {
            builder.AddSweepSession(options, sweepFile);
        }

        WebApplication app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapOrchestrator();
        app.MapDashboard();
        return app;
    }

    private static WebApplicationBuilder CreateBuilder(ServeOptions options)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder([.. options.Settings]).UseLoopbackByDefault(Port);
        string ownAddress = OwnAddress(builder);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Root"] = Path.GetFullPath(options.Data),
            ["ConnectionStrings:rabbitmq"] = null,
            ["ConnectionStrings:redis"] = null,
            [$"services:orchestrator:{ownAddress.Split(':')[0]}:0"] = ownAddress,
            [DashboardKey] = builder.Configuration[DashboardKey] ?? ownAddress,
        });
        if (options.Weights is { } weights)
        {
            builder.Configuration.AddInMemoryCollection([new("Worker:WeightsFolder", Path.GetFullPath(weights))]);
        }

        if (!options.Verbose)
        {
            // The terminal shows the progress; only warnings and errors are logged to it.
            builder.Logging.SetMinimumLevel(LogLevel.Warning);
            builder.Logging.AddFilter((_, level) => level >= LogLevel.Warning);

            // Its warning that keys in the user's profile are not encrypted does not matter on a laptop.
            builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        }

        return builder;
    }

    private static void AddServices(this WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults();
        builder.AddMetricStream();
        builder.AddArtifactStore();
        builder.AddMessageBus(bus =>
        {
            bus.AddOrchestratorConsumers();
            bus.AddGpuWorkerConsumers();
        });
        builder.AddOrchestrator();
        builder.AddGpuWorker();
        builder.AddDashboard();
    }

    private static void AddSweepSession(this WebApplicationBuilder builder, ServeOptions options, SweepFile sweepFile)
    {
        string? token = builder.AddOwnToken();
        builder.Services.AddScoped<SweepReporter>();
        builder.Services.AddSingleton(provider =>
        {
            // Ends with the process.
            IServiceProvider own = provider.CreateScope().ServiceProvider;
            if (token is not null)
            {
                own.GetRequiredService<Session>().Begin(token);
            }

            return ActivatorUtilities.CreateInstance<SweepSession>(own, options, sweepFile);
        });
        builder.Services.AddHostedService(provider => provider.GetRequiredService<SweepSession>());
    }

    /// <summary>The token with which this process launches the sweep of the command line: a random one that is valid until it ends.</summary>
    /// <returns>Null where callers are not identified.</returns>
    private static string? AddOwnToken(this WebApplicationBuilder builder)
    {
        if (AccessOptions.ModeOf(builder.Configuration) == AccessMode.Open)
        {
            return null;
        }

        string token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"{AccessOptions.Section}:Tokens:standalone:Secret"] = token,
            [$"{AccessOptions.Section}:Tokens:standalone:Role"] = "operator",
        });
        return token;
    }

    private static IAnsiConsole CreateConsole()
    {
        IAnsiConsole console = AnsiConsole.Console;
        if (!console.Profile.Out.IsTerminal)
        {
            // A pipe has no width: lines must not be cut or wrapped.
            console.Profile.Width = WidthOfPipes;
        }

        return console;
    }

    /// <summary>The address of this process's API for the dashboard.</summary>
    private static string OwnAddress(WebApplicationBuilder builder)
    {
        IEnumerable<string> endpoints = builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>();
        string first = (builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey) ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Concat(endpoints).FirstOrDefault()
            ?? throw new ServiceConfigurationException("no address to listen on is configured; set one such as http://localhost:5080 with ASPNETCORE_URLS (--urls)");
        BindingAddress address = BindingAddress.Parse(first);
        string host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return string.Create(CultureInfo.InvariantCulture, $"{address.Scheme}://{host}:{address.Port}");
    }
}
