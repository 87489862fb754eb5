using Experiments.Contracts.Workers;
using Experiments.GpuWorker.Basics;
using MassTransit;

namespace Experiments.GpuWorker.Requests;

/// <summary>Answers requests for augmentation previews, also during training: on a thread of the bus, in a few milliseconds.</summary>
internal sealed class PreviewAugmentationConsumer(AugmentationPreviewer previewer) : IConsumer<PreviewAugmentation>
{
    public Task Consume(ConsumeContext<PreviewAugmentation> context)
    {
        try
        {
            return context.RespondAsync(previewer.Show(context.Message, context.CancellationToken));
        }
        catch (Exception exception) when (exception is TrainingException or IOException or UnauthorizedAccessException)
        {
            return context.RespondAsync(new PreviewRefused(exception.Message));
        }
    }
}
