using Experiments.Orchestrator.Messages;
using MassTransit;

namespace Experiments.Orchestrator.Runs.Attempts;

/// <summary>Takes marks out of the queue of run events. Its endpoint is configured by <see cref="EpochFinishedConsumerDefinition"/>: they share it.</summary>
public sealed class ReportMarkConsumer(ReportMarks marks) : IConsumer<ReportMark>
{
    public Task Consume(ConsumeContext<ReportMark> context)
    {
        marks.Pass(context.Message);
        return Task.CompletedTask;
    }
}

/// <inheritdoc cref="RunEventsEndpoint"/>
public sealed class ReportMarkConsumerDefinition : ConsumerDefinition<ReportMarkConsumer>
{
    public ReportMarkConsumerDefinition() => EndpointName = RunEventsEndpoint.Name;
}
