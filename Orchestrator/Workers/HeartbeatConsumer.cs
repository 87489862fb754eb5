using Experiments.Contracts;
using Experiments.Contracts.Workers;
using Experiments.Orchestrator.Access;
using Experiments.Orchestrator.Runs.Expiry;
using MassTransit;

namespace Experiments.Orchestrator.Workers;

/// <summary>Answers the heartbeats of workers.</summary>
public sealed class HeartbeatConsumer(Heartbeats heartbeats, WorkerAccess access) : IConsumer<Heartbeat>
{
    public async Task Consume(ConsumeContext<Heartbeat> context)
    {
        Heartbeat heartbeat = context.Message;
        WorkerCaller caller = heartbeat.RunId is null
            ? access.Check(context)
            : await access.CheckAsync(context, heartbeat.RunId, heartbeat.Attempt, context.CancellationToken);
        await context.RespondAsync(caller.Problem is { } problem
            ? new HeartbeatReply(AttemptDirective.Abandon, TakeRuns: false) { Problem = problem }
            : await heartbeats.HandleAsync(heartbeat, context.CancellationToken));
    }
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
