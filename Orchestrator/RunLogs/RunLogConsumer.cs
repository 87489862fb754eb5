using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Messages;
using Experiments.ServiceDefaults;
using MassTransit;

namespace Experiments.Orchestrator.RunLogs;

/// <summary>Takes in what attempts logged.</summary>
public sealed class RunLogConsumer(RunLogIntake intake) : IConsumer<RunLogWritten>
{
    public Task Consume(ConsumeContext<RunLogWritten> context) => intake.HandleAsync(context.Message, context.CancellationToken);
}

/// <summary>One message at a time; a failing one is tried again for a while, one that cannot be right goes to the error queue at once.</summary>
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
