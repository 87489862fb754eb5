using Experiments.Contracts;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Runs.Expiry;
using MassTransit;

namespace Experiments.Orchestrator.Workers;

/// <summary>Answers the heartbeats of workers.</summary>
public sealed class HeartbeatConsumer(Heartbeats heartbeats) : IConsumer<Heartbeat>
{
    public async Task Consume(ConsumeContext<Heartbeat> context) =>
        await context.RespondAsync(await heartbeats.HandleAsync(context.Message, context.CancellationToken));
}

/// <summary>A failed heartbeat is not retried: the next one follows soon.</summary>
public sealed class HeartbeatConsumerDefinition : ConsumerDefinition<HeartbeatConsumer>
{
    public HeartbeatConsumerDefinition() => EndpointName = QueueNames.Leases;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<HeartbeatConsumer> consumerConfigurator,
        IRegistrationContext context) =>
        endpointConfigurator.ConnectReceiveEndpointObserver(new LeaseConnection(context.GetRequiredService<LeaseExpiry>()));
}
