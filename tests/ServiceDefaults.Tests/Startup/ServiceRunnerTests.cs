using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Experiments.ServiceDefaults.Files;
using Experiments.ServiceDefaults.Health;
using Experiments.ServiceDefaults.Hosting;
using Experiments.ServiceDefaults.Startup;
using Experiments.TestServers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Tests.Startup;

/// <summary>Standard error is one for the whole process, so these do not run side by side.</summary>
[Collection(nameof(ServiceRunnerTests))]
public sealed class ServiceRunnerTests : IDisposable
{
    private readonly LogCollector _log = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_PortIsTaken_GivesOneLineAndAnExitCode()
    {
        int port = FreePort.Next();
        await using WebApplication first = Build(port);
        await first.StartAsync(Cancelled);

        (int exitCode, string errors) = await RunAsync(Build(port));

        Assert.Equal(ExitCodes.CannotStart, exitCode);
        string line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("Cannot start: ", line, StringComparison.Ordinal);
        Assert.Contains($":{port}", line, StringComparison.Ordinal);
        Assert.Empty(_log.Exceptions);
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("http")]
    public async Task Run_ArtifactsFolderCannotBeWritten_NamesIt(string store)
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["file"], "", Cancelled);
        WebApplication app = Build(0, ("Artifacts:Store", store), ("Artifacts:Root", folder["file/artifacts"]));

        (int exitCode, string errors) = await RunAsync(app);

        Assert.Equal(ExitCodes.CannotStart, exitCode);
        Assert.Contains($"'{folder["file/artifacts"]}'", errors, StringComparison.Ordinal);
        Assert.Empty(_log.Exceptions);
    }

    [Theory]
    [InlineData("ConnectionStrings:rabbitmq", "localhost:5672", "ConnectionStrings:rabbitmq")]
    [InlineData("ConnectionStrings:redis", "localhost:1,nonsense=1", "ConnectionStrings:redis")]
    [InlineData("Artifacts:Store", "ftp", "Artifacts:Store is \"ftp\"; allowed: folder")]
    [InlineData("MetricStream:MaxEntries", "abc", "Cannot start: MetricStream:MaxEntries is \"abc\"; allowed: a whole number.")]
    [InlineData("MetricStream:MaxEntries", "", "Cannot start: MetricStream:MaxEntries is \"\"; allowed: a whole number.")]
    [InlineData("MetricStream:PageSize", "99999999999", "Cannot start: MetricStream:PageSize is \"99999999999\"; allowed: a whole number.")]
    [InlineData("MetricStream:PageSize", "0", "Cannot start: MetricStream:PageSize is \"0\"; allowed: 1 to 1000000.")]
    [InlineData("MetricStream:PollInterval", "1s", "Cannot start: MetricStream:PollInterval is \"1s\"; allowed: a time as hours, minutes and seconds, such as 00:00:30.")]
    [InlineData("urls", "nonsense", "Cannot start: Invalid url: 'nonsense'. Set an address such as http://localhost:5080")]
    [InlineData("urls", "http://127.0.0.1:99999", "its port is not one from 0 to 65535")]
    public async Task Run_SettingCannotBeRead_NamesIt(string key, string value, string named)
    {
        (int exitCode, string errors) = await RunAsync(Build(0, (key, value)));

        Assert.Equal(ExitCodes.CannotStart, exitCode);
        Assert.Contains(named, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.Empty(_log.Exceptions);
    }

    /// <summary>Settings that are read while the service is put together.</summary>
    [Theory]
    [InlineData("Worker:Threads", "abc", "Cannot start: Worker:Threads is \"abc\"; allowed: a whole number.")]
    [InlineData("Worker:FlushDenormals", "maybe", "Cannot start: Worker:FlushDenormals is \"maybe\"; allowed: true or false.")]
    [InlineData("Worker:Share", "1,5,x", "Cannot start: Worker:Share is \"1,5,x\"; allowed: a number, with a point for decimals.")]
    [InlineData("Worker:Day", "Caturday", "Cannot start: Worker:Day is \"Caturday\"; allowed: Sunday, Monday, Tuesday")]
    [InlineData("Worker:Address", "http://", "Cannot start: Worker:Address is \"http://\"; allowed: an address")]
    [InlineData("Logging:LogLevel:Default", "loud", "Cannot start: A level under Logging:LogLevel is \"loud\"; allowed: Trace, Debug")]
    [InlineData("Datasets:Roots", "/data", "Cannot start: Datasets:Roots is \"/data\"; allowed: a list of full paths: write Datasets:Roots:0=/data.")]
    public async Task Run_SettingOfTheWrongTypeReadEarly_GivesOneLineAndAnExitCode(string key, string value, string expected)
    {
        (int exitCode, string errors) = await RunAsync(() => ServiceRunner.RunAsync(() =>
        {
            WebApplicationBuilder builder = CreateBuilder(0, (key, value));
            builder.Configuration.GetSection("Worker").Get<Typed>();
            RootsSetting.Require(builder.Configuration, "Datasets:Roots");
            return builder.Build();
        }));

        Assert.Equal(ExitCodes.CannotStart, exitCode);
        Assert.StartsWith(expected, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ErrorInTheProgramWhileItIsPutTogether_GivesItsStackTraceAndAnExitCode()
    {
        (int exitCode, string errors) = await RunAsync(() => ServiceRunner.RunAsync(() => throw new InvalidOperationException("a bug")));

        Assert.Equal(ExitCodes.CannotStart, exitCode);
        Assert.Contains("a bug", errors, StringComparison.Ordinal);
        Assert.Contains(nameof(ServiceRunner), errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ErrorInTheProgram_IsLoggedWithItsStackTrace()
    {
        WebApplicationBuilder builder = CreateBuilder(0);
        builder.Services.AddHostedService<Broken>();

        (int exitCode, _) = await RunAsync(builder.Build());

        Assert.Equal(ExitCodes.CannotStart, exitCode);
        Assert.Contains(_log.Exceptions, exception => exception is InvalidOperationException { Message: "a bug" });
    }

    [Fact]
    public async Task Run_BackgroundServiceFails_EndsWithAnExitCode()
    {
        WebApplicationBuilder builder = CreateBuilder(0);
        builder.Services.AddHostedService<FailingInBackground>();

        (int exitCode, _) = await RunAsync(builder.Build());

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains(_log.Messages(LogLevel.Critical), message => message.StartsWith("Stopped because", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_Stopped_EndsWithZero()
    {
        WebApplication app = Build(0);
        app.Lifetime.ApplicationStarted.Register(app.Lifetime.StopApplication);

        (int exitCode, string errors) = await RunAsync(app);

        Assert.Equal((ExitCodes.Stopped, ""), (exitCode, errors));
    }

    [Fact]
    public async Task Run_StoppedWhileItStarts_EndsWithZero()
    {
        WebApplicationBuilder builder = CreateBuilder(0);
        builder.Services.AddHostedService<StoppedWhileStarting>();

        (int exitCode, string errors) = await RunAsync(builder.Build());

        Assert.Equal((ExitCodes.Stopped, ""), (exitCode, errors));
        // The bus may log a warning that its own start was cancelled.
        Assert.Empty(_log.Messages(LogLevel.Error).Concat(_log.Messages(LogLevel.Critical)));
    }

    [Fact]
    public async Task Run_StopsTooSlowly_SaysSoAndEndsWithAnExitCode()
    {
        WebApplicationBuilder builder = CreateBuilder(0);
        builder.Services.AddHostedService<SlowToStop>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(50));
        WebApplication app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(app.Lifetime.StopApplication);

        (int exitCode, _) = await RunAsync(app);

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains(_log.Messages(LogLevel.Error), message => message.StartsWith("Not everything could be ended", StringComparison.Ordinal));
    }

    [Fact]
    public async Task UseLoopbackByDefault_NothingConfigured_ListensOnLoopbackAlone()
    {
        await using WebApplication app = Build(0);
        await app.StartAsync(Cancelled);

        Assert.All(Addresses(app), address => Assert.True(new Uri(address).IsLoopback, address));
    }

    [Theory]
    [InlineData("urls", "http://0.0.0.0:0")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://0.0.0.0:0")]
    [InlineData("http_ports", "")]
    public async Task UseLoopbackByDefault_AddressConfigured_StandsBack(string key, string value)
    {
        bool configured = value.Length > 0;
        await using WebApplication app = Build(0, (key, value));
        await app.StartAsync(Cancelled);

        Assert.All(Addresses(app), address => Assert.Equal(!configured, new Uri(address).IsLoopback));
    }

    [Fact]
    public async Task Health_SomethingIsUnhealthy_AnswersWhat()
    {
        string broker = $"amqp://guest:secret@127.0.0.1:{FreePort.Next()}";
        await using WebApplication app = Build(0, ("ConnectionStrings:rabbitmq", broker));
        await app.StartAsync(Cancelled);
        using var client = new HttpClient { BaseAddress = new Uri(Addresses(app).Single()) };

        HttpResponseMessage health = await client.GetAsync("/health", Cancelled);
        HttpResponseMessage alive = await client.GetAsync("/alive", Cancelled);
        string text = await health.Content.ReadAsStringAsync(Cancelled);
        var body = JsonSerializer.Deserialize<JsonElement>(text);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (health.StatusCode, alive.StatusCode));
        Assert.Equal("unhealthy", body.GetProperty("status").GetString());
        Assert.Equal("healthy", body.GetProperty("checks").GetProperty("self").GetProperty("status").GetString());
        JsonElement check = body.GetProperty("checks").GetProperty("rabbitmq");
        Assert.Equal("unhealthy", check.GetProperty("status").GetString());
        Assert.NotEmpty(check.GetProperty("description").GetString()!);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_AllIsWell_AnswersSo()
    {
        await using WebApplication app = Build(0);
        await app.StartAsync(Cancelled);
        using var client = new HttpClient { BaseAddress = new Uri(Addresses(app).Single()) };

        var body = await client.GetFromJsonAsync<JsonElement>("/alive", Cancelled);

        Assert.Equal("healthy", body.GetProperty("status").GetString());
        Assert.Equal(["self"], body.GetProperty("checks").EnumerateObject().Select(check => check.Name));
    }

    public void Dispose() => _log.Dispose();

    private WebApplication Build(int port, params (string Key, string Value)[] settings)
    {
        WebApplication app = CreateBuilder(port, settings).Build();
        app.MapDefaultEndpoints();
        return app;
    }

    private WebApplicationBuilder CreateBuilder(int port, params (string Key, string Value)[] settings)
    {
        WebApplicationBuilder builder = WebApplication.CreateBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.Logging.ClearProviders().AddProvider(_log);
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

    private static Task<(int ExitCode, string Errors)> RunAsync(WebApplication app) => RunAsync(app.RunServiceAsync);

    private static async Task<(int ExitCode, string Errors)> RunAsync(Func<Task<int>> run)
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

    private static ICollection<string> Addresses(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

    private sealed class Broken : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => throw new InvalidOperationException("a bug");

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class StoppedWhileStarting(IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class SlowToStop : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken);
    }

    private sealed class FailingInBackground(IHostApplicationLifetime lifetime) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var started = new TaskCompletionSource();
            lifetime.ApplicationStarted.Register(started.SetResult);
            await started.Task;
            throw new InvalidOperationException("a bug");
        }
    }

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

    private sealed record Typed
    {
        public int Threads { get; init; }

        public bool FlushDenormals { get; init; }

        public double Share { get; init; }

        public DayOfWeek Day { get; init; }

        public Uri? Address { get; init; }
    }
}
