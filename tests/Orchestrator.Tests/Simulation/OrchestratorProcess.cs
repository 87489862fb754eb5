using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Control;
using Experiments.Orchestrator.Runs.Attempts;
using Experiments.Orchestrator.Runs.Expiry;
using Experiments.Orchestrator.Runs.Leases;
using Experiments.Orchestrator.State;
using Experiments.Orchestrator.Storage;
using Experiments.ServiceDefaults;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using MetricsContext = Experiments.Orchestrator.Metrics.Database.MetricsContext;

namespace Experiments.Orchestrator.Tests.Simulation;

/// <summary>The environment of a simulated Orchestrator.</summary>
/// <param name="PauseAsync">Awaited whenever the Orchestrator is about to use its storage.</param>
/// <param name="SendAsync">Receives its tickets, marks and stop notices.</param>
/// <param name="HasCheckpoint">Whether an attempt of a run has stored one.</param>
internal sealed record Surroundings(
    MemoryDatabase Database, TimeProvider Time, Func<Task> PauseAsync, Func<object, Task> SendAsync, Func<string, int, bool> HasCheckpoint)
{
    /// <summary>Gives a run the checkpoint of another run's attempt.</summary>
    public Func<string, int, string, bool> TryShare { get; init; } = (_, _, _) => false;
}

/// <summary>
/// One process of an Orchestrator: its in-memory state, made of its real classes by its own registrations, without a host. To kill it, drop it; the
/// next one on the same database starts from the committed state.
/// </summary>
internal sealed class OrchestratorProcess : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly Dictionary<Type, object> _resolved = [];

    /// <param name="log">Records its warnings; none by default.</param>
    public OrchestratorProcess(Surroundings surroundings, ILoggerProvider? log = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton(typeof(ILogger<>), log is null ? typeof(NullLogger<>) : typeof(Logger<>));
        services.AddSingleton<ILoggerFactory>(new LoggerFactory(log is null ? [] : [log]));
        services.AddSingleton(surroundings.Time);
        services.AddSingleton<IDbContextFactory<StateContext>>(new PausingContexts<StateContext>(surroundings.Database.States, surroundings.PauseAsync));
        services.AddSingleton<IDbContextFactory<MetricsContext>>(
            new PausingContexts<MetricsContext>(surroundings.Database.MetricPoints, surroundings.PauseAsync));
        services.AddSingleton(SimulatedBus.Create<IBus>(surroundings.SendAsync));
        services.AddSingleton<IMessageBusInfo>(new DurableBus());
        services.AddSingleton(Options.Create(new LeaseOptions()));
        services.AddSingleton<StateWriter>();
        services.AddSingleton<ChangeBroadcaster>();
        services.AddMetrics();
        services.AddSingleton<SweepControl>();
        services.AddRuns();
        SimulatedArtifacts.AddTo(services, surroundings.HasCheckpoint, surroundings.TryShare);
        services.AddRestored();
        _services = services.BuildServiceProvider();
    }

    public T Get<T>()
        where T : notnull
    {
        // When a service is resolved twice, the container compiles code for it on another thread.
        if (!_resolved.TryGetValue(typeof(T), out object? service))
        {
            service = _services.GetRequiredService<T>();
            _resolved.Add(typeof(T), service);
        }

        return (T)service;
    }

    public T GetHosted<T>()
        where T : IHostedService => Get<IEnumerable<IHostedService>>().OfType<T>().Single();

    public async Task StartAsync()
    {
        foreach (IRestoredAtStart part in Get<IEnumerable<IRestoredAtStart>>())
        {
            await part.RestoreAsync(CancellationToken.None);
        }
    }

    /// <summary>Checks the leases, as the host does once a second.</summary>
    public Task CheckLeasesAsync(bool isConnected)
    {
        Get<LeaseExpiry>().Connection(isConnected);
        return GetHosted<LeaseKeeper>().CheckAsync(CancellationToken.None);
    }

    /// <summary>Handles an event from the queue of run events.</summary>
    public Task HandleAsync(object message) => message switch
    {
        EpochFinished finished => Get<ReportIntake>().TakeInAsync(() => Get<EpochReports>().HandleAsync(finished, CancellationToken.None)),
        ReportMark mark => AcknowledgeAsync(mark),
        AttemptEnded ended => Get<ReportIntake>().TakeInAsync(() => Get<AttemptEnds>().HandleAsync(ended, CancellationToken.None)),
        _ => throw new ArgumentOutOfRangeException(nameof(message), message, "not a run event"),
    };

    public void Dispose() => _services.Dispose();

    private Task AcknowledgeAsync(ReportMark mark)
    {
        Get<LeaseExpiry>().MarkCameOut(mark);
        return Task.CompletedTask;
    }

    private sealed class DurableBus : IMessageBusInfo
    {
        public bool IsDurable => true;
    }
}
