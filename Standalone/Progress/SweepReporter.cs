using Experiments.Contracts.Api;
using Experiments.Contracts.Workers;
using Experiments.Dashboard.Api;
using Spectre.Console;

namespace Experiments.Standalone.Progress;

/// <summary>Follows a sweep to its end and reports its progress on the terminal.</summary>
internal sealed class SweepReporter(OrchestratorClient orchestrator, IAnsiConsole console, TimeProvider time)
{
    private const int MostRows = 200;
    private const int MostRunning = 50;
    private const string RunningStatus = "running";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>The time that runs may wait before the wait is reported: workers and the next run need a moment to start.</summary>
    private static readonly TimeSpan QuietWait = TimeSpan.FromSeconds(5);

    private long? _waitsSince;

    /// <summary>Shows progress until the sweep has ended, then the table of its runs.</summary>
    /// <param name="waits">False to end also when the sweep cannot continue without a user.</param>
    public async Task<SweepProgress> FollowAsync(SweepView sweep, bool waits, CancellationToken cancellationToken)
    {
        var label = new RunLabel(sweep);
        SweepProgress progress = await ReadAsync(sweep.Id, [], cancellationToken);
        progress = console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal
            ? await FollowLiveAsync(progress, label, waits, cancellationToken)
            : await FollowPlainAsync(progress, new PlainProgressView(console.Profile.Out.Writer, label), waits, cancellationToken);
        string best = (progress.Maximize ? "-" : "") + progress.Metric;
        Page<RunView> ranked = await orchestrator.GetRunsAsync(sweep.Id, new RunsQuery(Sort: best, Take: MostRows), cancellationToken);
        ResultTable.Write(console, progress, ranked.Items, label);
        return progress;
    }

    private async Task<SweepProgress> FollowLiveAsync(SweepProgress progress, RunLabel label, bool waits, CancellationToken cancellationToken)
    {
        var view = new LiveProgressView(label, console.Profile.Width, time);
        await console.Live(view.Draw(progress)).StartAsync(async display =>
        {
            while (Continues(progress, waits))
            {
                progress = await NextAsync(progress, cancellationToken);
                display.UpdateTarget(view.Draw(progress));
            }
        });
        return progress;
    }

    private async Task<SweepProgress> FollowPlainAsync(SweepProgress progress, PlainProgressView view, bool waits, CancellationToken cancellationToken)
    {
        view.Show(progress);
        while (Continues(progress, waits))
        {
            progress = await NextAsync(progress, cancellationToken);
            view.Show(progress);
        }

        return progress;
    }

    private static bool Continues(SweepProgress progress, bool waits) => !progress.Ended && (waits || progress.Obstacle is null);

    /// <summary>Without an answer, returns the previous progress: a machine that was suspended or overloaded must not end the trainings through its display.</summary>
    private async Task<SweepProgress> NextAsync(SweepProgress progress, CancellationToken cancellationToken)
    {
        await Task.Delay(Interval, time, cancellationToken);
        try
        {
            return await ReadAsync(progress.Sweep.Id, progress.Running, cancellationToken);
        }
        catch (OrchestratorException exception) when (exception.IsUnreachable)
        {
            return progress with { JustEnded = [] };
        }
    }

    /// <param name="before">The runs that were training at the last reading.</param>
    private async Task<SweepProgress> ReadAsync(string sweepId, IReadOnlyList<RunView> before, CancellationToken cancellationToken)
    {
        Page<RunView> running = await orchestrator.GetRunsAsync(sweepId, new RunsQuery(RunningStatus, Take: MostRunning), cancellationToken);
        var ended = new List<RunView>();
        foreach (RunView run in before.ExceptBy(running.Items.Select(now => now.Id), earlier => earlier.Id))
        {
            if (await orchestrator.FindRunAsync(run.Id, cancellationToken) is { } known)
            {
                ended.Add(known);
            }
        }

        SweepView sweep = await orchestrator.GetSweepAsync(sweepId, cancellationToken);
        if (SweepProgress.HasEnded(sweep) && running.Items.Count > 0)
        {
            // The last runs ended between the two requests, and have to be reported.
            return await ReadAsync(sweepId, [.. before.UnionBy(running.Items, run => run.Id)], cancellationToken);
        }

        RunView? best = sweep.BestRunId is { } id ? await orchestrator.FindRunAsync(id, cancellationToken) : null;
        string? obstacle = running.Items.Count == 0 ? await ObstacleAsync(cancellationToken) : null;
        return new SweepProgress(sweep, running.Items, ended, best, obstacle, obstacle is null ? Lasting(sweep.Waits) : null);
    }

    private string? Lasting(SweepWait? wait)
    {
        _waitsSince = wait is null ? null : _waitsSince ?? time.GetTimestamp();
        return _waitsSince is { } since && time.GetElapsedTime(since) >= QuietWait ? $"the sweep {wait!.Message}" : null;
    }

    /// <summary>The reason when every worker was set aside.</summary>
    private async Task<string?> ObstacleAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<WorkerView> workers = await orchestrator.GetWorkersAsync(cancellationToken);
        return workers.Count > 0 && workers.All(worker => worker.State == WorkerState.SetAside)
            ? $"no run trains: worker {workers[0].Id} was set aside: {workers[0].Reason}. Fix the cause, then readmit it on the Workers page"
            : null;
    }
}
