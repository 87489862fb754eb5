using Experiments.GpuWorker.Data;
using MassTransit;

namespace Experiments.GpuWorker.Requests;

/// <summary>Registers what answers questions about models and data sets, whether the worker trains or not.</summary>
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

    /// <summary>One question at a time, so that another worker takes the next; those that fail are told to whoever asked, and not kept.</summary>
    public static void UseModelRequests(this IReceiveEndpointConfigurator endpoint)
    {
        endpoint.PrefetchCount = 1;
        endpoint.ConcurrentMessageLimit = 1;
        endpoint.DiscardFaultedMessages();
    }
}
