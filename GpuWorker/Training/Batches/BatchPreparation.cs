using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Augmentation;
using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Data.Splits;
using Experiments.GpuWorker.Randomness;
using Experiments.GpuWorker.Training.Progress;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Batches;

/// <summary>Prepares the batch of the next iteration: takes the images, augments each, and mixes them if the run does so.</summary>
internal sealed class BatchPreparation(
    Hyperparameters settings, TrainingData data, BatchOrder epochOrder, Device device, TrainingProgress progress)
{
    private readonly BatchMixing _mixing = new(settings, data.Classes.Count);
    private readonly ImageAugmentation _augmentation = ImageAugmentation.Of(settings.Augmentation);

    /// <param name="order">The order of images in the epoch.</param>
    public TrainingBatch Next(int[] order)
    {
        TrainingState state = progress.State;
        ImageBatch images = data.Training.Batch(epochOrder.Batch(order, state.IterationInEpoch), device);
        return _mixing.Mix(new TrainingBatch(Augment(images), new Targets(images.Labels)), state.Iteration);
    }

    private Tensor Augment(ImageBatch batch)
    {
        var draws = new CounterRandom[batch.Samples.Length];
        for (int i = 0; i < draws.Length; i++)
        {
            draws[i] = CounterRandom.For(settings.Seed, RandomPurpose.Augmentation, progress.State.Epoch, batch.Samples[i]);
        }

        return _augmentation.Apply(ImageNormalizer.ToUnit(batch.Pixels), draws);
    }
}
