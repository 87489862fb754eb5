using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Access;
using Experiments.Orchestrator.Messages;
using Experiments.Orchestrator.Runs.Expiry;
using MassTransit;

namespace Experiments.Orchestrator.Runs.Attempts;

/// <summary>Receives finished epochs.</summary>
public sealed class EpochFinishedConsumer(EpochReports reports, ReportIntake intake, WorkerAccess access) : IConsumer<EpochFinished>
{
    public Task Consume(ConsumeContext<EpochFinished> context) =>
        intake.TakeInAsync(async () =>
        {
            EpochFinished report = context.Message;
            if (await access.MayReportAsync(context, report.RunId, report.Attempt, report.WorkerId, context.CancellationToken))
            {
                await reports.HandleAsync(report, context.CancellationToken);
            }
        });
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
