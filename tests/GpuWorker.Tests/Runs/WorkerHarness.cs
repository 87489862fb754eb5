using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Runs;
using Experiments.GpuWorker.Training.Execution;
using Experiments.ServiceDefaults;
using Experiments.ServiceDefaults.Artifacts;
using Experiments.ServiceDefaults.Hosting;
using Experiments.ServiceDefaults.Messaging;
using Experiments.ServiceDefaults.Metrics;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Experiments.GpuWorker.Tests.Runs;

/// <summary>A complete worker on an in-memory bus, with a scripted trainer and the Orchestrator's side of the messages.</summary>
internal sealed class WorkerHarness : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("experiments-worker-");

    private IHost? _host;

    public IHost Host => _host ?? throw new InvalidOperationException("not started");

    public ScriptedTrainer Trainer { get; } = new();

    public OrchestratorDouble Orchestrator { get; } = new();

    /// <summary>Replaces the artifact store; null for a folder.</summary>
    public IArtifactStore? Store { get; set; }

    /// <summary>The gain of bfloat16 by model; null for a device without it.</summary>
    public Func<string, double>? GainOf { get; set; }

    public IMetricStream Metrics => Host.Services.GetRequiredService<IMetricStream>();

    public static async Task<WorkerHarness> StartAsync(Action<WorkerHarness>? prepare = null, params (string Key, string Value)[] settings)
    {
        var harness = new WorkerHarness();
        prepare?.Invoke(harness);
        WebApplicationBuilder builder = WebApplication.CreateBuilder().UseLoopbackByDefault(0);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Root"] = harness._folder.FullName,
            ["Worker:Id"] = "worker-1",
            ["Worker:Device"] = "cpu",
            ["Worker:HeartbeatSeconds"] = "0.05",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)));
        builder.AddServiceDefaults();
        builder.AddMetricStream();
        builder.AddArtifactStore();
        if (harness.Store is { } store)
        {
            builder.Services.AddSingleton(store);
        }

        builder.Services.AddSingleton(harness.Orchestrator);
        builder.AddMessageBus(bus =>
        {
            bus.AddGpuWorkerConsumers();
            bus.AddConsumer<OrchestratorDouble.LeaseConsumer>().Endpoint(endpoint => endpoint.Name = QueueNames.Leases);
            bus.AddConsumer<OrchestratorDouble.LogConsumer>().Endpoint(endpoint =>
            {
                endpoint.Name = QueueNames.RunLogs;
                endpoint.ConcurrentMessageLimit = 1;
            });
            bus.AddConsumer<OrchestratorDouble.EventConsumer>().Endpoint(endpoint =>
            {
                endpoint.Name = QueueNames.RunEvents;
                endpoint.ConcurrentMessageLimit = 1;
            });
        });
        builder.AddGpuWorker();
        builder.Services.AddSingleton<ITrainer>(harness.Trainer);
        builder.Services.AddSingleton(new BFloat16Models(
            Path.Combine(harness._folder.FullName, "gains.json"), "here", harness.GainOf, NullLogger<BFloat16Models>.Instance));
        WebApplication app = builder.Build();
        await app.StartAsync(TestContext.Current.CancellationToken);
        harness._host = app;

        // The in-memory bus drops messages to undeclared queues.
        await UntilAsync(() => app.Services.GetRequiredService<TicketGate>().IsInQueue);
        return harness;
    }

    public async Task SendTicketAsync(string runId)
    {
        ISendEndpoint tickets = await Host.Services.GetRequiredService<IBus>().GetSendEndpoint(MessageAddresses.Exchange(QueueNames.RunTickets));
        await tickets.Send(new RunTicket("sweep", runId, 0, new EpochRange(0, 3)), TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until an attempt has begun.</summary>
    public Task TrainingAsync() => UntilAsync(() => Host.Services.GetRequiredService<AttemptSlot>().Current is not null);

    /// <summary>Stops the worker like its host, while the bus continues, so that reports can still be read.</summary>
    public async Task StopWorkerAsync()
    {
        foreach (IHostedService service in Host.Services.GetServices<IHostedService>().Where(IsOfTheWorker).Reverse())
        {
            await service.StopAsync(TestContext.Current.CancellationToken);
        }
    }

    private static bool IsOfTheWorker(IHostedService service) => service.GetType().Assembly == typeof(AttemptSlot).Assembly;

    private static async Task UntilAsync(Func<bool> condition)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < OrchestratorDouble.TestTimeout, "it did not come to that");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Waits for a number of further heartbeats: long enough for pending operations to complete.</summary>
    public async Task HeartbeatsAsync(int count)
    {
        while (Orchestrator.Heartbeats.Reader.TryRead(out _))
        {
        }

        for (int i = 0; i < count; i++)
        {
            await Orchestrator.NextHeartbeatAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync(CancellationToken.None);
        Host.Dispose();
        _folder.Delete(recursive: true);
    }
}
