using Experiments.ServiceDefaults.Startup;
using Experiments.TestServers;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Experiments.ServiceDefaults.Tests.Startup;

/// <summary>The end of a service that cannot start, fails, or is stopped.</summary>
[Collection(nameof(StartedService))]
public sealed class ServiceRunnerTests : IDisposable
{
    private readonly StartedService _service = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_PortIsTaken_GivesOneLineAndAnExitCode()
    {
        int port = FreePort.Next();
        await using WebApplication first = _service.Build(port);
        await first.StartAsync(Cancelled);

        (int exitCode, string errors) = await StartedService.RunAsync(_service.Build(port));

        Assert.Equal(ExitCodes.CannotStart, exitCode);
        string line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("Cannot start: ", line, StringComparison.Ordinal);
        Assert.Contains($":{port}", line, StringComparison.Ordinal);
        Assert.Empty(_service.Log.Exceptions);
    }

    [Fact]
    public async Task Run_ErrorInTheProgramWhileItIsPutTogether_GivesItsStackTraceAndAnExitCode()
    {
        (int exitCode, string errors) = await StartedService.RunAsync(() => ServiceRunner.RunAsync(() => throw new InvalidOperationException("a bug")));

        Assert.Equal(ExitCodes.CannotStart, exitCode);
        Assert.Contains("a bug", errors, StringComparison.Ordinal);
        Assert.Contains(nameof(ServiceRunner), errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ErrorInTheProgram_IsLoggedWithItsStackTrace()
    {
        WebApplicationBuilder builder = _service.CreateBuilder(0);
        builder.Services.AddHostedService<Broken>();

        (int exitCode, _) = await StartedService.RunAsync(builder.Build());

        Assert.Equal(ExitCodes.CannotStart, exitCode);
        Assert.Contains(_service.Log.Exceptions, exception => exception is InvalidOperationException { Message: "a bug" });
    }

    [Fact]
    public async Task Run_BackgroundServiceFails_EndsWithAnExitCode()
    {
        WebApplicationBuilder builder = _service.CreateBuilder(0);
        builder.Services.AddHostedService<FailingInBackground>();

        (int exitCode, _) = await StartedService.RunAsync(builder.Build());

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains(_service.Log.Messages(LogLevel.Critical), message => message.StartsWith("Stopped because", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Run_Stopped_EndsWithZero()
    {
        WebApplication app = _service.Build(0);
        app.Lifetime.ApplicationStarted.Register(app.Lifetime.StopApplication);

        (int exitCode, string errors) = await StartedService.RunAsync(app);

        Assert.Equal((ExitCodes.Stopped, ""), (exitCode, errors));
    }

    [Fact]
    public async Task Run_StoppedWhileItStarts_EndsWithZero()
    {
        WebApplicationBuilder builder = _service.CreateBuilder(0);
        builder.Services.AddHostedService<StoppedWhileStarting>();

        (int exitCode, string errors) = await StartedService.RunAsync(builder.Build());

        Assert.Equal((ExitCodes.Stopped, ""), (exitCode, errors));
        // The bus may log a warning that its own start was cancelled.
        Assert.Empty(_service.Log.Messages(LogLevel.Error).Concat(_service.Log.Messages(LogLevel.Critical)));
    }

    [Fact]
    public async Task Run_StopsTooSlowly_SaysSoAndEndsWithAnExitCode()
    {
        WebApplicationBuilder builder = _service.CreateBuilder(0);
        builder.Services.AddHostedService<SlowToStop>();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(50));
        WebApplication app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(app.Lifetime.StopApplication);

        (int exitCode, _) = await StartedService.RunAsync(app);

        Assert.Equal(ExitCodes.Failed, exitCode);
        Assert.Contains(_service.Log.Messages(LogLevel.Error), message => message.StartsWith("Not all parts stopped within", StringComparison.Ordinal));
    }

    public void Dispose() => _service.Dispose();

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
}
