using Experiments.Contracts.Api;
using Experiments.Orchestrator.Control;
using Experiments.Orchestrator.Http;
using Experiments.Orchestrator.Runs.Deletion;
using Experiments.Orchestrator.Workers;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>Users who request actions at any time, including impossible ones.</summary>
internal sealed class SimulatedUsers
{
    private readonly World _world;
    private readonly Func<Task>[] _wishes;

    public SimulatedUsers(World world)
    {
        _world = world;
        Func<Task>[] all =
        [
            () => AskAsync(process => process.Get<RunControl>().CancelAsync(AnyRun(), default)),
            () => RetryRunAsync(AnyRun()),
            () => PromoteAsync(AnyRun(), world.Luck.Next(2) == 0 ? null : 1 + world.Luck.Next(4)),
            () => AskAsync(process => process.Get<SweepControl>().CancelAsync(AnySweep(), default)),
            () => AskAsync(process => process.Get<SweepControl>().PauseAsync(AnySweep(), default)),
            () => AskAsync(process => process.Get<SweepControl>().ResumeAsync(AnySweep(), default)),
            () => RetryFailedAsync(AnySweep()),
            () => AskAsync(process => process.Get<WorkerControl>().DrainAsync(AnyWorker(), default)),
            () => AskAsync(process => process.Get<WorkerControl>().ReadmitAsync(AnyWorker(), default)),
            () => AskAsync(process => process.Get<BulkRuns>().DoAsync(new BulkRequest { Action = BulkAction.Cancel, Ids = [.. new[] { AnyRun(), AnyRun() }.Distinct()] }, default)),
            () => BulkRetryAsync(AnySweep()),
            () => AskAsync(process => process.Get<RunDeletion>().DeleteRunAsync(AnyRun(), default)),
            () => AskAsync(process => process.Get<RunDeletion>().DeleteSweepAsync(AnySweep(), default)),
            () => AskAsync(process => process.Get<BulkRuns>().DoAsync(new BulkRequest { Action = BulkAction.Delete, SweepId = AnySweep() }, default)),
        ];
        _wishes = [.. all.Where(_ => world.Luck.Next(3) == 0)];
    }

    public async Task WishAsync()
    {
        while (_wishes.Length > 0)
        {
            await _world.Loop.DelayAsync(_world.Luck.Between(0.5, 20));
            if (!_world.Luck.IsUnkind)
            {
                return;
            }

            await _world.Luck.Pick(_wishes)();
        }
    }

    /// <summary>Resumes everything that users have stopped.</summary>
    public async Task ResumeAllAsync()
    {
        await UntilHeardAsync();
        foreach (string sweep in _world.Stored.Sweeps.Keys)
        {
            await AskAsync(process => process.Get<SweepControl>().ResumeAsync(sweep, default));
        }

        foreach (SimulatedWorker worker in _world.Workers.ToArray())
        {
            await AskAsync(process => process.Get<WorkerControl>().ReadmitAsync(worker.Id, default));
        }
    }

    /// <summary>Retries every run that did not complete, and trains those to the end that a stopping rule holds or may hold.</summary>
    public async Task RetryAllAsync()
    {
        await UntilHeardAsync();
        foreach (string sweep in _world.Stored.Sweeps.Keys)
        {
            await RetryFailedAsync(sweep);
        }

        foreach (string run in _world.Stored.Runs.Keys)
        {
            await RetryRunAsync(run);
            await PromoteAsync(run, epochs: null);
        }
    }

    private async Task UntilHeardAsync()
    {
        while (!_world.Orchestrator.IsUp)
        {
            await _world.Loop.DelayAsync(TimeSpan.FromSeconds(1));
        }
    }

    private Task RetryRunAsync(string run) =>
        _world.RetryAsync(run, () => AskAsync(process => process.Get<RunControl>().RetryAsync(run, default)));

    private Task PromoteAsync(string run, int? epochs) =>
        _world.RetryAsync(run, () => AskAsync(process => process.Get<RunControl>().PromoteAsync(run, epochs, default)));

    private Task BulkRetryAsync(string sweep) =>
        _world.RetryAsync(sweep, () => AskAsync(process => process.Get<BulkRuns>().DoAsync(new BulkRequest { Action = BulkAction.Retry, SweepId = sweep, Filter = "tag = null" }, default)));

    private Task RetryFailedAsync(string sweep) =>
        _world.RetryAsync(sweep, () => AskAsync(process => process.Get<SweepControl>().RetryFailedAsync(sweep, default)));

    private async Task AskAsync(Func<OrchestratorProcess, Task> wish)
    {
        try
        {
            await _world.Orchestrator.DoAsync(wish);
        }
        catch (ApiException exception)
        {
            _world.Trace?.Invoke($"refused: {exception.Errors.Values.First()[0]}");
        }
    }

    private string AnyRun() => Any(_world.Stored.Runs.Keys);

    private string AnySweep() => Any(_world.Stored.Sweeps.Keys);

    /// <summary>An unknown id once all are deleted.</summary>
    private string Any(IEnumerable<string> ids) => ids.ToArray() is { Length: > 0 } some ? _world.Luck.Pick(some) : "none";

    private string AnyWorker() => _world.Luck.Pick(_world.Workers).Id;
}
