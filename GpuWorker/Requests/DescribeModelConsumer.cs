using Experiments.Contracts;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Models;
using MassTransit;

namespace Experiments.GpuWorker.Requests;

/// <summary>Answers requests for the layers of a network.</summary>
internal sealed class DescribeModelConsumer(SideThread side) : IConsumer<DescribeModel>
{
    public async Task Consume(ConsumeContext<DescribeModel> context) =>
        await (await side.RunAsync(() => ModelDescriber.Answer(context.Message), context.CancellationToken)).RespondAsync(context);
}

internal sealed class DescribeModelConsumerDefinition : ConsumerDefinition<DescribeModelConsumer>
{
    public DescribeModelConsumerDefinition() => EndpointName = QueueNames.ModelRequests;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<DescribeModelConsumer> consumerConfigurator,
        IRegistrationContext context) => endpointConfigurator.UseModelRequests();
}
