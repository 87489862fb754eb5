using Experiments.ServiceDefaults.Access;
using Experiments.ServiceDefaults.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Experiments.ServiceDefaults.Startup;

/// <summary>Runs a service as a process; the last call of <c>Program.cs</c>.</summary>
public static class ServiceRunner
{
    /// <summary>The time limit for stopping a service that could not start.</summary>
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(3);

    /// <summary>Builds a service and runs it: a wrong setting is reported in one line, wherever it is read.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(Func<WebApplication> build)
    {
        WebApplication app;
        try
        {
            app = build();
        }
        catch (Exception exception)
        {
            // No part was started, and there may be no log yet.
            await Console.Error.WriteLineAsync($"Cannot start: {StartupFailure.Explain(exception) ?? exception.ToString()}");
            return ExitCodes.CannotStart;
        }

        return await app.RunServiceAsync();
    }

    /// <summary>
    /// Runs until the process is asked to stop. A failure of the start that a user can fix is reported in one line
    /// on standard error; anything else is logged with its stack trace.
    /// </summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunServiceAsync(this WebApplication app)
    {
        StartupReporting? reporting = app.Services.GetService<StartupReporting>();
        ILogger logger = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ServiceRunner));
        await using (app)
        {
            try
            {
                SetActive(reporting, true);
                if (WhyInvalid(app) is { } line)
                {
                    // No part was started that would have to be stopped.
                    await Console.Error.WriteLineAsync($"Cannot start: {line}");
                    return ExitCodes.CannotStart;
                }

                await app.StartAsync();
            }
            catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
            {
                // Stopped before the start was complete. Parts that are running may have runs to hand back.
                await StopAsync(app, logger, CancellationToken.None);
                return ExitCodes.Stopped;
            }
            catch (Exception exception)
            {
                int exitCode = await ReportAsync(exception, logger);
                using var limit = new CancellationTokenSource(StopTime, app.Services.GetRequiredService<TimeProvider>());
                await StopAsync(app, logger, limit.Token);
                return exitCode;
            }
            finally
            {
                SetActive(reporting, false);
            }

            try
            {
                await app.WaitForShutdownAsync();
            }
            catch (Exception exception) when (IsLate(exception))
            {
                logger.LogError(
                    "Not all parts stopped within {Limit}; interrupted work resumes from the stored state",
                    app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
                return ExitCodes.Failed;
            }

            return FailureOf(app) is { } failure ? LogFailure(failure, logger) : ExitCodes.Stopped;
        }
    }

    /// <summary>The problem with the settings; null where there is none, or only a stack trace would help.</summary>
    private static string? WhyInvalid(WebApplication app)
    {
        try
        {
            app.Services.GetService<IStartupValidator>()?.Validate();

            // Reads the configured addresses.
            app.Services.GetService<HostNames>();
            ListenCheck.Require(app.Configuration);
            return null;
        }
        catch (Exception exception) when (StartupFailure.Explain(exception) is not null)
        {
            return StartupFailure.Explain(exception);
        }
    }

    /// <summary>Stops the parts that were started in order: disposing alone would log many more failures.</summary>
    private static async Task StopAsync(WebApplication app, ILogger logger, CancellationToken limit)
    {
        try
        {
            await app.StopAsync(limit);
        }
        catch (Exception exception)
        {
            logger.LogDebug(exception, "Stopping after a start that was not finished failed");
        }
    }

    /// <summary>Services that exceed the time limit are cancelled and throw.</summary>
    private static bool IsLate(Exception exception) => exception is OperationCanceledException
        || (exception is AggregateException failures && failures.InnerExceptions.All(IsLate));

    private static void SetActive(StartupReporting? reporting, bool active)
    {
        if (reporting is not null)
        {
            reporting.Active = active;
        }
    }

    private static async Task<int> ReportAsync(Exception exception, ILogger logger)
    {
        if (StartupFailure.Explain(exception) is { } line)
        {
            await Console.Error.WriteLineAsync($"Cannot start: {line}");
        }
        else
        {
            logger.LogCritical(exception, "Cannot start");
        }

        return ExitCodes.CannotStart;
    }

    /// <summary>The host stops when a background service fails, but reports a normal end.</summary>
    private static AggregateException? FailureOf(WebApplication app) =>
        app.Services.GetServices<IHostedService>()
            .OfType<BackgroundService>()
            .Select(service => service.ExecuteTask?.Exception)
            .FirstOrDefault(exception => exception is not null);

    private static int LogFailure(AggregateException failure, ILogger logger)
    {
        logger.LogCritical(failure.InnerException, "Stopped because a background service failed");
        return ExitCodes.Failed;
    }
}
