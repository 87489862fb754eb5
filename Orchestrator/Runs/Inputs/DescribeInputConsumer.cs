using Experiments.Contracts;
using Experiments.Contracts.Runs;
using MassTransit;

namespace Experiments.Orchestrator.Runs.Inputs;

/// <summary>Answers workers that find the input files of a run with other modification times.</summary>
public sealed class DescribeInputConsumer(InputContents contents) : IConsumer<DescribeInput>
{
    public async Task Consume(ConsumeContext<DescribeInput> context) =>
        await context.RespondAsync(await contents.DescribeAsync(context.Message, context.CancellationToken));
}

/// <summary>A separate queue, so that claims and heartbeats do not wait behind requests that take seconds.</summary>
public sealed class DescribeInputConsumerDefinition : ConsumerDefinition<DescribeInputConsumer>
{
    public DescribeInputConsumerDefinition() => EndpointName = QueueNames.RunInputs;
}
