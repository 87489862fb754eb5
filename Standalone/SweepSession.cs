using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;
using Experiments.Dashboard.Api;
using Experiments.ServiceDefaults.Startup;
using Experiments.Standalone.Commands;
using Experiments.Standalone.Progress;
using Spectre.Console;

namespace Experiments.Standalone;

/// <summary>Launches the sweep of the command line when the services are up, and reports on it.</summary>
internal sealed class SweepSession(
    ServeOptions options,
    SweepFile sweepFile,
    OrchestratorClient orchestrator,
    SweepReporter reporter,
    IAnsiConsole console,
    IHostApplicationLifetime lifetime)
    : BackgroundService
{
    /// <summary>The exit code of the process by the sweep's outcome.</summary>
    public int ExitCode { get; private set; } = ExitCodes.Stopped;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await WaitForStartAsync(stoppingToken);
        try
        {
            SweepView sweep = await orchestrator.LaunchOrContinueAsync(sweepFile.Spec, stoppingToken);
            console.MarkupLineInterpolated($"sweep [bold]{sweep.Name}[/] ({sweep.Id}), {sweep.RunCounts.Total} runs, {sweep.RunCounts.Completed} of them completed before");
            Warn(sweep);
            SweepProgress end = await reporter.FollowAsync(sweep, waits: !options.Exit, stoppingToken);
            ExitCode = end.Sweep.Status == SweepStatus.Completed ? ExitCodes.Stopped : ExitCodes.Failed;
        }
        catch (OrchestratorException exception) when (exception.IsNotFound)
        {
            console.MarkupLineInterpolated($"the sweep was deleted: {exception.Message}");
            ExitCode = ExitCodes.Failed;
        }
        catch (OrchestratorException exception) when (!exception.IsUnreachable)
        {
            ExitCode = Refusal.Tell(exception.Errors.Count > 0 ? sweepFile.Describe(exception.Errors) : [exception.Message]);
        }

        Finish();
    }

    /// <summary>Prints a line per warning before training starts.</summary>
    private void Warn(SweepView sweep)
    {
        foreach (string warning in sweepFile.Describe(sweep.Warnings ?? [], sweep.RunCounts.Total))
        {
            console.MarkupLineInterpolated($"[yellow]warning[/] {warning}");
        }
    }

    private async Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(cancellationToken);
    }

    private void Finish()
    {
        if (options.Exit || ExitCode == Refusal.ExitCode)
        {
            lifetime.StopApplication();
        }
        else
        {
            console.WriteLine("the dashboard stays up; Ctrl+C ends it");
        }
    }
}
