using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Messages;
using Experiments.Orchestrator.Runs.Expiry;
using MassTransit;

namespace Experiments.Orchestrator.Runs.Attempts;

/// <summary>Receives finished epochs.</summary>
public sealed class EpochFinishedConsumer(EpochReports reports, ReportIntake intake) : IConsumer<EpochFinished>
{
    public Task Consume(ConsumeContext<EpochFinished> context) =>
        intake.TakeInAsync(() => reports.HandleAsync(context.Message, context.CancellationToken));
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
