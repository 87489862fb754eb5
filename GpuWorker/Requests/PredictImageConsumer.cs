using Experiments.Contracts;
using Experiments.Contracts.Workers;
using MassTransit;

namespace Experiments.GpuWorker.Requests;

/// <summary>Answers prediction requests for a run's model.</summary>
internal sealed class PredictImageConsumer(ImagePredictor predictor) : IConsumer<PredictImage>
{
    public async Task Consume(ConsumeContext<PredictImage> context) =>
        await (await predictor.PredictAsync(context.Message, context.CancellationToken)).RespondAsync(context);
}

internal sealed class PredictImageConsumerDefinition : ConsumerDefinition<PredictImageConsumer>
{
    public PredictImageConsumerDefinition() => EndpointName = QueueNames.ModelRequests;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<PredictImageConsumer> consumerConfigurator,
        IRegistrationContext context) => endpointConfigurator.UseModelRequests();
}
