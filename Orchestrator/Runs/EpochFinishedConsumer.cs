using Experiments.Contracts.Runs;
using MassTransit;

namespace Experiments.Orchestrator.Runs;

/// <summary>Takes in finished epochs.</summary>
public sealed class EpochFinishedConsumer(EpochReports reports) : IConsumer<EpochFinished>
{
    public Task Consume(ConsumeContext<EpochFinished> context) => reports.HandleAsync(context.Message, context.CancellationToken);
}

/// <inheritdoc cref="RunEventsEndpoint"/>
public sealed class EpochFinishedConsumerDefinition : ConsumerDefinition<EpochFinishedConsumer>
{
    public EpochFinishedConsumerDefinition() => EndpointName = RunEventsEndpoint.Name;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<EpochFinishedConsumer> consumerConfigurator,
        IRegistrationContext context) => RunEventsEndpoint.Configure(endpointConfigurator);
}
