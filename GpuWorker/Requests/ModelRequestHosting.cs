using Experiments.GpuWorker.Data;
using MassTransit;

namespace Experiments.GpuWorker.Requests;

/// <summary>Registers the consumers of requests about models and data sets, which are answered during training too.</summary>
internal static class ModelRequestHosting
{
    public static void AddModelRequests(this IServiceCollection services)
    {
        services.AddSingleton<SideThread>();
        services.AddSingleton<StoredModels>();
        services.AddSingleton<ImagePredictor>();
        services.AddSingleton<ReadyDatasets>();
        services.AddSingleton<DatasetInspector>();
        services.AddSingleton<DatasetChecker>();
    }

    public static void AddModelRequestConsumers(this IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<PredictImageConsumer, PredictImageConsumerDefinition>();
        bus.AddConsumer<DescribeModelConsumer, DescribeModelConsumerDefinition>();
        bus.AddConsumer<DatasetRequestConsumer, DatasetRequestConsumerDefinition>();
    }

    /// <summary>One request at a time, so that another worker takes the next. Failures are returned to the caller, not moved to an error queue.</summary>
    public static void UseModelRequests(this IReceiveEndpointConfigurator endpoint)
    {
        endpoint.PrefetchCount = 1;
        endpoint.ConcurrentMessageLimit = 1;
        endpoint.DiscardFaultedMessages();
    }
}
