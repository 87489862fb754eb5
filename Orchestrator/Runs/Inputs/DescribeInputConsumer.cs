using Experiments.Contracts;
using Experiments.Contracts.Runs;
using Experiments.Orchestrator.Access;
using MassTransit;

namespace Experiments.Orchestrator.Runs.Inputs;

/// <summary>Answers workers that find the input files of a run with other modification times.</summary>
public sealed class DescribeInputConsumer(InputContents contents, WorkerAccess access) : IConsumer<DescribeInput>
{
    public async Task Consume(ConsumeContext<DescribeInput> context) =>
        await context.RespondAsync(access.Check(context).Problem is { } problem
            ? new InputContent(null, $"the Orchestrator does not accept this worker: {problem}")
            : await contents.DescribeAsync(context.Message, context.CancellationToken));
}

/// <summary>A separate queue, so that claims and heartbeats do not wait behind requests that take seconds.</summary>
public sealed class DescribeInputConsumerDefinition : ConsumerDefinition<DescribeInputConsumer>
{
    public DescribeInputConsumerDefinition() => EndpointName = QueueNames.RunInputs;
}
