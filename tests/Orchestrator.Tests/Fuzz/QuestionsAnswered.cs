using Experiments.Contracts;
using Experiments.Contracts.Workers;
using MassTransit;

namespace Experiments.Orchestrator.Tests.Fuzz;

/// <summary>A worker that refuses every request, so that no request waits for a timeout.</summary>
internal static class QuestionsAnswered
{
    public static void AddTo(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<Models>().Endpoint(endpoint => endpoint.Name = QueueNames.ModelRequests);
        bus.AddConsumer<Datasets>().Endpoint(endpoint => endpoint.Name = QueueNames.DatasetRequests);
        bus.AddConsumer<Previews>().Endpoint(endpoint => endpoint.Name = QueueNames.AugmentationPreviews);
    }

    internal sealed class Models : IConsumer<PredictImage>, IConsumer<DescribeModel>
    {
        public Task Consume(ConsumeContext<PredictImage> context) => context.RespondAsync(new ModelRequestRefused(ModelRequestProblem.Image, "no"));

        public Task Consume(ConsumeContext<DescribeModel> context) => context.RespondAsync(new ModelRequestRefused(ModelRequestProblem.Shape, "no"));
    }

    internal sealed class Datasets : IConsumer<DescribeDataset>, IConsumer<SampleDataset>, IConsumer<CheckDataset>
    {
        public Task Consume(ConsumeContext<CheckDataset> context) => context.RespondAsync(new DatasetRefused(IsAbsent: false, "no"));

        public Task Consume(ConsumeContext<DescribeDataset> context) => context.RespondAsync(new DatasetRefused(IsAbsent: true, "no"));

        public Task Consume(ConsumeContext<SampleDataset> context) => context.RespondAsync(new DatasetRefused(IsAbsent: false, "no"));
    }

    internal sealed class Previews : IConsumer<PreviewAugmentation>
    {
        public Task Consume(ConsumeContext<PreviewAugmentation> context) => context.RespondAsync(new PreviewRefused("no"));
    }
}
