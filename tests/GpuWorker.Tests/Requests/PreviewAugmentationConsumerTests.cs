using Experiments.Contracts;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Tests.Runs;
using Experiments.ServiceDefaults.Messaging;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace Experiments.GpuWorker.Tests.Requests;

public sealed class PreviewAugmentationConsumerTests
{
    private static readonly PreviewAugmentation Request = new()
    {
        Augmentation = "standard",
        Dataset = new DatasetSpec { Name = "digits" },
        ImageSize = 32,
    };

    [Fact]
    public async Task Consume_WhileARunIsTrained_AnswersImmediately()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync(harness => harness.Trainer.Script = ScriptedTrainer.UntilTold);
        await worker.SendTicketAsync("run");
        await worker.TrainingAsync();

        Response<AugmentationPreview, PreviewRefused> response = await AskAsync(worker, Request);

        Assert.True(response.Is(out Response<AugmentationPreview>? shown));
        Assert.Equal(8, shown.Message.Original.Count);
        Assert.Equal(8, shown.Message.Augmented.Count);
        Assert.All(shown.Message.Augmented, png => Assert.Equal("PNG"u8.ToArray(), png[1..4]));
    }

    [Fact]
    public async Task Consume_FolderThatIsNotThere_Refuses()
    {
        await using WorkerHarness worker = await WorkerHarness.StartAsync();

        Response<AugmentationPreview, PreviewRefused> response =
            await AskAsync(worker, Request with { Dataset = new DatasetSpec { Name = "imagefolder", Path = "/nowhere" } });

        Assert.True(response.Is(out Response<PreviewRefused>? refused));
        Assert.Contains("does not exist on this worker: \"/nowhere\"", refused.Message.Reason, StringComparison.Ordinal);
    }

    private static Task<Response<AugmentationPreview, PreviewRefused>> AskAsync(WorkerHarness worker, PreviewAugmentation request) =>
        worker.Host.Services.GetRequiredService<IBus>()
            .CreateRequestClient<PreviewAugmentation>(MessageAddresses.Exchange(QueueNames.AugmentationPreviews))
            .GetResponse<AugmentationPreview, PreviewRefused>(request, TestContext.Current.CancellationToken, RequestTimeout.After(m: 2));
}
