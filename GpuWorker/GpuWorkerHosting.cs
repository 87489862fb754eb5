using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Inputs;
using Experiments.GpuWorker.Requests;
using Experiments.GpuWorker.RunLogs;
using Experiments.GpuWorker.Runs;
using Experiments.GpuWorker.Settings;
using Experiments.GpuWorker.Training;
using Experiments.GpuWorker.Training.Pretrained;
using Experiments.ServiceDefaults;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;

namespace Experiments.GpuWorker;

/// <summary>Adds a worker to a host.</summary>
public static class GpuWorkerHosting
{
    private static readonly TimeSpan ClaimTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan InputTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan HeartbeatTimeout = TimeSpan.FromSeconds(4);

    /// <summary>
    /// Adds the worker. Call it after <see cref="MessageBus.AddMessageBus"/>: hosted services stop in reverse order, and the bus must outlive the
    /// last report.
    /// </summary>
    public static void AddGpuWorker(this IHostApplicationBuilder builder)
    {
        IServiceCollection services = builder.Services;
        services.AddOptions<WorkerOptions>().BindConfiguration(WorkerOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddTraining(builder.Configuration);
        services.AddSingleton<IPretrainedRuns, PretrainedRuns>();
        services.AddSingleton<IOriginalInputs, OriginalInputs>();
        services.AddSingleton<WorkerIdentity>();
        builder.AddRunLogs();
        services.AddSingleton<AttemptSlot>();
        services.AddSingleton<AttemptTraining>();
        services.AddSingleton<AttemptRunner>();
        services.AddSingleton<RunClaimer>();
        services.AddSingleton<AugmentationPreviewer>();
        services.AddModelRequests();

        // Stopped in reverse order: the attempt ends, then its reports are sent.
        services.AddHostedSingleton<RunLogSender>();
        services.AddHostedSingleton<MetricSender>();
        services.AddHostedSingleton<RunEventSender>();
        services.AddHostedSingleton<PrecisionMeasurement>();
        services.AddHostedSingleton<TicketGate>();
        services.AddHostedSingleton<HeartbeatService>();
        services.AddHostedSingleton<OrderlyShutdown>();
    }

    /// <summary>Adds the worker's consumers to the bus.</summary>
    public static void AddGpuWorkerConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddRequestClient<ClaimRun>(MessageAddresses.Exchange(QueueNames.Leases), RequestTimeout.After(ms: (int)ClaimTimeout.TotalMilliseconds));
        bus.AddRequestClient<Heartbeat>(MessageAddresses.Exchange(QueueNames.Leases), RequestTimeout.After(ms: (int)HeartbeatTimeout.TotalMilliseconds));

        bus.AddRequestClient<DescribeInput>(MessageAddresses.Exchange(QueueNames.RunInputs), RequestTimeout.After(ms: (int)InputTimeout.TotalMilliseconds));

        // TicketGate connects its endpoint, and disconnects it while the worker is busy.
        bus.AddConsumer<RunTicketConsumer>().ExcludeFromConfigureEndpoints();

        // One queue for all workers: one of them takes the request. One request at a time, so that training keeps its cores.
        bus.AddConsumer<PreviewAugmentationConsumer>().Endpoint(endpoint =>
        {
            endpoint.Name = QueueNames.AugmentationPreviews;
            endpoint.ConcurrentMessageLimit = 1;
            endpoint.PrefetchCount = 1;
        });
        bus.AddModelRequestConsumers();

        // One queue per worker: all of them receive the message.
        bus.AddConsumer<StopAttemptConsumer>().Endpoint(endpoint =>
        {
            endpoint.InstanceId = Guid.NewGuid().ToString("N");
            endpoint.Temporary = true;
        });
    }

    private static void AddHostedSingleton<T>(this IServiceCollection services)
        where T : class, IHostedService
    {
        services.AddSingleton<T>();
        services.AddHostedService(provider => provider.GetRequiredService<T>());
    }
}
