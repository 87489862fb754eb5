using System.Collections.Concurrent;
using System.Globalization;
using Experiments.TestSystem.Processes;

namespace Experiments.TestSystem.Chaos;

/// <summary>
/// Injects faults. Several may overlap, but a victim must be up: if it is still
/// down from an earlier fault, the injector waits for it. The first killed worker is killed while it trains, however long the wait for that takes.
/// </summary>
internal sealed class FaultInjector(
    DistributedSystem system, WorkerFleet workers, SweepPause pause, SureKill sureKill, ChaosLog log, CancellationToken cancellationToken)
    : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);

    /// <summary>Faults are most useful on a training worker; after a timeout an idle one is hit.</summary>
    private static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(6);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _targets = [];
    private readonly ConcurrentBag<Task> _recoveries = [];
    private bool _hasKilled;

    /// <summary>Injects the fault; returns before the victim has recovered.</summary>
    public async Task InjectAsync(Fault fault)
    {
        SemaphoreSlim target = _targets.GetOrAdd(TargetOf(fault), _ => new SemaphoreSlim(1, 1));
        await target.WaitAsync(cancellationToken);
        bool mustHit = fault.Kind == FaultKind.KillWorker && !_hasKilled;
        if (!mustHit && fault.Worker is { } worker)
        {
            await workers.BusyAsync(worker, BusyLimit, cancellationToken);
        }

        log.Note(string.Create(CultureInfo.InvariantCulture, $"fault {fault.Number}: {FaultKinds.Describe(fault.Kind)} [{TargetOf(fault)}, {fault.Outage.TotalSeconds:0.0} s]"));
        DateTimeOffset at = TimeProvider.System.GetUtcNow();
        if (mustHit)
        {
            at = await KillWhileTrainingAsync(fault) ?? at;
        }
        else
        {
            await StrikeAsync(fault);
        }

        _recoveries.Add(FinishAsync(fault, at, target));
    }

    /// <summary>Waits until everything has recovered.</summary>
    public Task RecoveredAsync() => Task.WhenAll(_recoveries);

    public void Dispose()
    {
        foreach (SemaphoreSlim target in _targets.Values)
        {
            target.Dispose();
        }
    }

    /// <returns>When it was injected; null when it was not.</returns>
    private async Task<DateTimeOffset?> KillWhileTrainingAsync(Fault fault)
    {
        _hasKilled = true;
        try
        {
            return await sureKill.StrikeAsync(fault.Worker!.Value);
        }
        catch (TimeoutException exception)
        {
            log.Problem($"fault {fault.Number} ({FaultKinds.Describe(fault.Kind)}) hit nothing: {exception.Message}");
            return null;
        }
    }

    private static string TargetOf(Fault fault) => fault.Kind switch
    {
        FaultKind.KillOrchestrator => "orchestrator",
        FaultKind.KillRabbitMq or FaultKind.WipeRabbitMq => "rabbitmq",
        FaultKind.WipeRedis => "redis",
        FaultKind.PauseSweep => "sweep",
        _ => WorkerFleet.NameOf(fault.Worker!.Value),
    };

    private Task StrikeAsync(Fault fault) => fault.Kind switch
    {
        FaultKind.KillWorker => workers[fault.Worker!.Value].KillAsync(),
        FaultKind.SuspendWorker => workers[fault.Worker!.Value].SuspendAsync(),
        FaultKind.KillOrchestrator => system.Orchestrator.KillAsync(),
        FaultKind.KillRabbitMq or FaultKind.WipeRabbitMq => system.Broker.KillAsync(),
        FaultKind.WipeRedis => system.Redis.KillAsync(),

        // These take long; the time is part of the recovery.
        FaultKind.TerminateWorker or FaultKind.PauseSweep => Task.CompletedTask,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "not a fault"),
    };

    /// <summary>Never throws: errors become findings.</summary>
    private async Task FinishAsync(Fault fault, DateTimeOffset at, SemaphoreSlim target)
    {
        try
        {
            await RecoverAsync(fault);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            log.Problem($"after fault {fault.Number} ({FaultKinds.Describe(fault.Kind)}): {exception.Message}");
        }
        finally
        {
            log.Add(new Injection(fault, at, TimeProvider.System.GetUtcNow()));
            target.Release();
        }
    }

    private async Task RecoverAsync(Fault fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.PauseSweep:
                await pause.PauseAsync(fault.Outage);
                return;
            case FaultKind.TerminateWorker:
                await TerminateAsync(workers[fault.Worker!.Value]);
                break;
        }

        await Task.Delay(fault.Outage, cancellationToken);
        await (fault.Kind switch
        {
            FaultKind.SuspendWorker => workers[fault.Worker!.Value].ContinueAsync(),
            FaultKind.KillOrchestrator => StartOrchestratorAsync(),
            FaultKind.KillRabbitMq => system.Broker.RestartAsync(),
            FaultKind.WipeRabbitMq => system.Broker.RestartAsync(empty: true),
            FaultKind.WipeRedis => system.Redis.RestartAsync(empty: true),
            _ => StartWorker(fault.Worker!.Value),
        });
    }

    private async Task TerminateAsync(ServiceProcess worker)
    {
        const int EndedByTheSignal = 128 + 15;
        int code = await worker.TerminateAsync();

        // A process that has just been started does not handle the signal yet, and has no run to hand back.
        if (code != 0 && (code != EndedByTheSignal || worker.Output.Length > 0))
        {
            log.Problem($"a worker that was asked to stop ended with exit code {code}");
        }
    }

    private Task StartWorker(int worker)
    {
        workers.Start(worker);
        return Task.CompletedTask;
    }

    private async Task StartOrchestratorAsync()
    {
        system.LaunchOrchestrator();
        await system.Api.AliveAsync(StartLimit);
    }
}
