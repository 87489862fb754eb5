using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Access;
using Experiments.Orchestrator.Messages;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;

namespace Experiments.Orchestrator.RunLogs;

/// <summary>Receives the log lines of attempts.</summary>
public sealed class RunLogConsumer(RunLogIntake intake, WorkerAccess access) : IConsumer<RunLogWritten>
{
    public async Task Consume(ConsumeContext<RunLogWritten> context)
    {
        RunLogWritten written = context.Message;
        if (await access.MayReportAsync(context, written.RunId, written.Attempt, written.WorkerId, context.CancellationToken))
        {
            await intake.HandleAsync(written, context.CancellationToken);
        }
    }
}

/// <summary>One message at a time. A failing one is retried for a while; an invalid one goes to the error queue without retries.</summary>
public sealed class RunLogConsumerDefinition : ConsumerDefinition<RunLogConsumer>
{
    private static readonly TimeSpan[] RetryDelays = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15)];

    public RunLogConsumerDefinition() => EndpointName = QueueNames.RunLogs;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator, IConsumerConfigurator<RunLogConsumer> consumerConfigurator, IRegistrationContext context)
    {
        endpointConfigurator.UseDurableQuorumQueue();
        endpointConfigurator.PrefetchCount = 16;
        endpointConfigurator.ConcurrentMessageLimit = 1;
        endpointConfigurator.UseMessageRetry(retry =>
        {
            retry.Ignore<BadMessageException>();
            retry.Intervals(RetryDelays);
        });
    }
}
