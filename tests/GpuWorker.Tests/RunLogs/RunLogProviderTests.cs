using Experiments.Contracts.Runs;
using Experiments.GpuWorker.RunLogs;
using Experiments.GpuWorker.Tests.Runs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Experiments.GpuWorker.Tests.RunLogs;

/// <summary>Which log entries of a process belong to a run.</summary>
public sealed class RunLogProviderTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly IHost _host;
    private readonly AttemptLog _attempt = new(OrchestratorDouble.Claimed("run-1"));

    public RunLogProviderTests()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now));
        builder.AddRunLogs();

        // Simulates Standalone, where other services log to the terminal too.
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter((_, level) => level >= LogLevel.Warning);
        _host = builder.Build();
    }

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Log_WithinAnAttempt_IsKeptHoweverQuietTheConsoleIs()
    {
        using (LoggerOf("Experiments.GpuWorker.Runs.AttemptRunner").BeginScope(_attempt))
        {
            LoggerOf("Experiments.GpuWorker.Training.Trainer").LogInformation("Epoch {Epoch} of {Epochs}", 1, 5);
            LoggerOf("Experiments.GpuWorker.Training.Trainer").LogDebug("too much");
        }

        RunLogLine line = Assert.Single(Lines());
        Assert.Equal((1L, Now, RunLogLevel.Information, "Epoch 1 of 5", null), (line.Sequence, line.Time, line.Level, line.Message, line.Detail));
    }

    [Fact]
    public void Log_OutsideOfAttempts_IsNotKept()
    {
        ILogger logger = LoggerOf("Experiments.GpuWorker.Runs.TicketGate");
        using (logger.BeginScope("something else"))
        {
            logger.LogError("not of a run");
        }

        using (logger.BeginScope(_attempt))
        {
        }

        logger.LogError("not any more");

        Assert.Empty(Lines());
    }

    [Fact]
    public void Log_OfOthers_IsKeptWhenItWarns()
    {
        using (LoggerOf("Experiments.GpuWorker.Runs.AttemptRunner").BeginScope(_attempt))
        {
            LoggerOf("System.Net.Http.HttpClient").LogInformation("Sending a request");
            LoggerOf("System.Net.Http.HttpClient").LogWarning("That took long");
        }

        Assert.Equal(["That took long"], Lines().Select(line => line.Message));
    }

    [Fact]
    public void Log_OnAThreadThatTheAttemptStarted_IsKept()
    {
        ILogger logger = LoggerOf("Experiments.GpuWorker.Training.Trainer");
        using (logger.BeginScope(_attempt))
        {
            var thread = new Thread(() => logger.LogWarning("from the side"));
            thread.Start();
            thread.Join();
        }

        Assert.Equal(["from the side"], Lines().Select(line => line.Message));
    }

    [Fact]
    public void Log_SeparateLevelsAreConfigured_KeepsThose()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection([new("Logging:RunLog:LogLevel:Experiments.GpuWorker", "Warning")]);
        builder.AddRunLogs();
        using IHost host = builder.Build();
        ILogger logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Experiments.GpuWorker.Training.Trainer");
        using (logger.BeginScope(_attempt))
        {
            logger.LogInformation("not wanted");
            logger.LogWarning("wanted");
        }

        Assert.Equal(["wanted"], Lines(host).Select(line => line.Message));
    }

    [Fact]
    public void Log_Exception_IsStoredWithInnerExceptionsAndStackTrace()
    {
        ILogger logger = LoggerOf("Experiments.GpuWorker.Training.Trainer");
        using (logger.BeginScope(_attempt))
        {
            logger.LogError(Thrown(), "Attempt {Attempt} crashed", 1);
        }

        RunLogLine line = Assert.Single(Lines());
        Assert.Equal((RunLogLevel.Error, "Attempt 1 crashed"), (line.Level, line.Message));
        Assert.StartsWith("System.InvalidOperationException: outer", line.Detail, StringComparison.Ordinal);
        Assert.Contains("System.IO.IOException: inner", line.Detail, StringComparison.Ordinal);
        Assert.Contains(nameof(Thrown), line.Detail, StringComparison.Ordinal);
    }

    private static InvalidOperationException Thrown()
    {
        try
        {
            throw new InvalidOperationException("outer", new IOException("inner"));
        }
        catch (InvalidOperationException exception)
        {
            return exception;
        }
    }

    private ILogger LoggerOf(string category) => _host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);

    private List<RunLogLine> Lines() => Lines(_host);

    private static List<RunLogLine> Lines(IHost host) =>
        [.. RunLogBatch.TakeAll(host.Services.GetRequiredService<RunLogQueue>().Items, "worker-1").SelectMany(batch => batch.Message!.Lines)];
}
