using Experiments.Orchestrator.Messages;
using MassTransit;

namespace Experiments.Orchestrator.Runs.Expiry;

/// <summary>Receives marks from the queue of run events. Its endpoint is configured with the other consumers of that queue.</summary>
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
