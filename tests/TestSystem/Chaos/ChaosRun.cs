using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.TestServers;
using Experiments.TestSystem.Processes;

namespace Experiments.TestSystem.Chaos;

/// <summary>
/// Runs the distributed form with real servers, injects faults, and compares the results with those of a run without faults.
/// </summary>
public sealed class ChaosRun : IAsyncDisposable
{
    private readonly ChaosOptions _options;
    private readonly CancellationToken _cancellation;
    private readonly TemporaryFolder _logs;
    private readonly ChaosLog _log;
    private readonly DistributedSystem _system;
    private readonly RetryingApi _api;
    private readonly SweepWatch _watch;
    private TimeSpan _took;

    private ChaosRun(ChaosOptions options, TemporaryFolder logs, DistributedSystem system, CancellationToken cancellationToken)
    {
        _options = options;
        _cancellation = cancellationToken;
        _logs = logs;
        _system = system;
        _log = new ChaosLog(logs["chaos.log"], options.Tell);
        _api = new RetryingApi(system.Api, _log, options.StuckTimeout, cancellationToken);
        _watch = new SweepWatch(_api, options.StuckTimeout, cancellationToken);
    }

    /// <summary>The full text. Logs and data are kept when a check fails.</summary>
    public static async Task<ChaosOutcome> RunAsync(ChaosOptions options, CancellationToken cancellationToken)
    {
        using var logs = new TemporaryFolder();
        DistributedSystem system = DistributedSystem.Prepare(new SystemOptions
        {
            Cancellation = cancellationToken,
            LogFolder = logs.Path,
            LeaseSeconds = options.LeaseSeconds,
            HeartbeatSeconds = options.LeaseSeconds / 3,
            TicketHoldSeconds = Math.Min(20, options.LeaseSeconds),
            ConsumerTimeout = options.ConsumerTimeout,
        });
        await using var run = new ChaosRun(options, logs, system, cancellationToken);
        return await run.RunAsync();
    }

    public ValueTask DisposeAsync() => _system.DisposeAsync();

    private async Task<ChaosOutcome> RunAsync()
    {
        bool isProven = false;
        try
        {
            ChaosOutcome outcome = await CompareAsync();
            isProven = outcome.IsProven;
            return isProven ? outcome : outcome with { Kept = $"{_logs.Path} (logs), {_system.StorageRoot} (data)" };
        }
        finally
        {
            if (!isProven)
            {
                _logs.Keep();
                _system.KeepData();
            }
        }
    }

    private async Task<ChaosOutcome> CompareAsync()
    {
        await _system.StartServersAsync();
        await _system.StartOrchestratorAsync();
        var workers = new WorkerFleet(_system, _options.Workers);
        workers.StartAll();
        long start = TimeProvider.System.GetTimestamp();
        string[] disturbed =
        [
            (await _system.Api.LaunchAsync(ChaosSweeps.Long(_options.LongEpochs))).Id,
            (await _system.Api.LaunchAsync(ChaosSweeps.Short)).Id,
        ];
        string[] undisturbed = [];
        try
        {
            await DisturbAsync(workers, disturbed[^1]);
            await _watch.EndedAsync(disturbed);
            await PromoteAsync(disturbed[^1]);
            await _watch.EndedAsync(disturbed);
            _took = TimeProvider.System.GetElapsedTime(start);
            _log.Note("all faults were injected and the sweeps have ended; now the same sweeps without faults");
            undisturbed = await LaunchAgainAsync(disturbed);
            await _watch.EndedAsync(undisturbed);
        }
        catch (TimeoutException exception)
        {
            _log.Problem(exception.Message);
        }

        return (await new Prover(_options, _system, _api, _log).ProveAsync(disturbed, undisturbed)) with { Took = _took };
    }

    private async Task DisturbAsync(WorkerFleet workers, string sweepId)
    {
        using var noMoreWork = CancellationTokenSource.CreateLinkedTokenSource(_cancellation);
        Task feeding = new SweepFeeder(_api, sweepId, _options.Workers, _log).RunAsync(noMoreWork.Token);
        var sureKill = new SureKill(workers, _api, _options.StuckTimeout, _cancellation);
        using var injector = new FaultInjector(_system, workers, new SweepPause(_api, sweepId, _cancellation), sureKill, _log, _cancellation);
        try
        {
            foreach (Fault fault in FaultPlan.Of(_options.Seed, _options.Faults, _options.Workers, TimeSpan.FromSeconds(_options.LeaseSeconds), _options.MeanPause))
            {
                await Task.Delay(fault.Pause, _cancellation);
                await injector.InjectAsync(fault);
            }
        }
        finally
        {
            await noMoreWork.CancelAsync();
            await injector.RecoveredAsync();
            await feeding;
        }
    }

    /// <summary>Lets all stopped runs train to the end, so that each can be compared.</summary>
    private async Task PromoteAsync(string sweepId)
    {
        RunView[] stopped = [.. (await _api.AskAsync(api => api.RunsAsync(sweepId))).Where(run => run.Status == RunStatus.Stopped)];
        foreach (RunView run in stopped)
        {
            await _api.AskAsync(api => api.PromoteAsync(run.Id));
        }

        _log.Note($"{stopped.Length} runs had been stopped at rungs and train to the end now");
    }

    private async Task<string[]> LaunchAgainAsync(string[] sweepIds)
    {
        var launched = new List<string>();
        foreach (string id in sweepIds)
        {
            SweepView sweep = await _api.AskAsync(api => api.SweepAsync(id));
            launched.Add((await _system.Api.LaunchAsync(ChaosSweeps.Again(sweep.Spec))).Id);
        }

        return [.. launched];
    }
}
