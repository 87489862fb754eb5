using Experiments.Contracts;
using Experiments.Contracts.Workers;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;

namespace Experiments.GpuWorker.Requests;

/// <summary>Answers requests about data sets, on the side thread: training keeps its cores.</summary>
internal sealed class DatasetRequestConsumer(DatasetInspector inspector, DatasetChecker checker, SideThread side)
    : IConsumer<DescribeDataset>, IConsumer<SampleDataset>, IConsumer<CheckDataset>
{
    public Task Consume(ConsumeContext<DescribeDataset> context) => RespondAsync(context, () => inspector.Describe(context.Message));

    public Task Consume(ConsumeContext<SampleDataset> context) => RespondAsync(context, () => inspector.Sample(context.Message));

    public Task Consume(ConsumeContext<CheckDataset> context) => RespondAsync(context, () => checker.Check(context.Message));

    private async Task RespondAsync<T>(ConsumeContext context, Func<Answer<T, DatasetRefused>> compute)
        where T : class => await (await side.RunAsync(compute, context.CancellationToken)).RespondAsync(context);
}

internal sealed class DatasetRequestConsumerDefinition : ConsumerDefinition<DatasetRequestConsumer>
{
    public DatasetRequestConsumerDefinition() => EndpointName = QueueNames.DatasetRequests;

    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<DatasetRequestConsumer> consumerConfigurator,
        IRegistrationContext context) => endpointConfigurator.UseModelRequests();
}
