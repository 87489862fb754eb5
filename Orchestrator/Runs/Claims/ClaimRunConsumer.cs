using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Access;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;

namespace Experiments.Orchestrator.Runs.Claims;

/// <summary>Answers the claims of free workers.</summary>
public sealed class ClaimRunConsumer(RunClaims claims, WorkerAccess access) : IConsumer<ClaimRun>
{
    public async Task Consume(ConsumeContext<ClaimRun> context)
    {
        WorkerCaller caller = access.Check(context);
        Answer<RunClaimed, ClaimRefused> answer = caller.Problem is { } problem
            ? new ClaimRefused(problem)
            : await claims.ClaimAsync(context.Message, context.CancellationToken, caller.TokenId);
        await answer.RespondAsync(context);
    }
}

/// <summary>Claims are not retried here: the worker receives the failure as the answer and retries.</summary>
public sealed class ClaimRunConsumerDefinition : ConsumerDefinition<ClaimRunConsumer>
{
    public ClaimRunConsumerDefinition() => EndpointName = QueueNames.Leases;
}
