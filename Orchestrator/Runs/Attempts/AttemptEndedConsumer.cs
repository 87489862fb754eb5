using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Access;
using Experiments.Orchestrator.Messages;
using Experiments.Orchestrator.Runs.Expiry;
using MassTransit;

namespace Experiments.Orchestrator.Runs.Attempts;

/// <summary>Receives the ends of attempts. Its endpoint is configured by <see cref="EpochFinishedConsumerDefinition"/>: both share it.</summary>
public sealed class AttemptEndedConsumer(AttemptEnds ends, ReportIntake intake, WorkerAccess access) : IConsumer<AttemptEnded>
{
    public Task Consume(ConsumeContext<AttemptEnded> context) =>
        intake.TakeInAsync(async () =>
        {
            AttemptEnded ended = context.Message;
            if (await access.MayReportAsync(context, ended.RunId, ended.Attempt, ended.WorkerId, context.CancellationToken))
            {
                await ends.HandleAsync(ended, context.CancellationToken);
            }
        });
}

/// <inheritdoc cref="RunEventsEndpoint"/>
public sealed class AttemptEndedConsumerDefinition : ConsumerDefinition<AttemptEndedConsumer>
{
    public AttemptEndedConsumerDefinition() => EndpointName = RunEventsEndpoint.Name;
}
