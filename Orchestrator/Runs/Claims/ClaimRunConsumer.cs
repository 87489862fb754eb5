using Experiments.Contracts;
using Experiments.Contracts.Runs;
using MassTransit;

namespace Experiments.Orchestrator.Runs.Claims;

/// <summary>Answers the claims of free workers.</summary>
public sealed class ClaimRunConsumer(RunClaims claims) : IConsumer<ClaimRun>
{
    public async Task Consume(ConsumeContext<ClaimRun> context) =>
        await (await claims.ClaimAsync(context.Message, context.CancellationToken)).RespondAsync(context);
}

/// <summary>Claims are not retried here: the worker receives the failure as the answer and retries.</summary>
public sealed class ClaimRunConsumerDefinition : ConsumerDefinition<ClaimRunConsumer>
{
    public ClaimRunConsumerDefinition() => EndpointName = QueueNames.Leases;
}
