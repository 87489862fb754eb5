using Experiments.Orchestrator.Messages;
using Experiments.Orchestrator.Runs.Leases;
using MassTransit;

namespace Experiments.Orchestrator.Runs.Attempts;

/// <summary>Takes marks out of the queue of run events. Its endpoint is configured by <see cref="EpochFinishedConsumerDefinition"/>: they share it.</summary>
public sealed class ReportMarkConsumer(LeaseExpiry expiry) : IConsumer<ReportMark>
{
    public Task Consume(ConsumeContext<ReportMark> context)
    {
        expiry.MarkCameOut(context.Message);
        return Task.CompletedTask;
    }
}

/// <inheritdoc cref="RunEventsEndpoint"/>
public sealed class ReportMarkConsumerDefinition : ConsumerDefinition<ReportMarkConsumer>
{
    public ReportMarkConsumerDefinition() => EndpointName = RunEventsEndpoint.Name;
}
