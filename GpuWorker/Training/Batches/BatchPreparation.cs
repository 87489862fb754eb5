using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Data.Splits;
using Experiments.GpuWorker.Randomness;
using Experiments.GpuWorker.Training.Progress;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Batches;

/// <summary>Makes the batch of the next iteration: takes the images, varies each, and mixes them if the run wants that.</summary>
internal sealed class BatchPreparation(TrainingSession session)
{
    private readonly BatchMixing _mixing = new(session.Settings, session.Data.Classes.Count);

    /// <param name="order">Of the epoch.</param>
    public TrainingBatch Next(int[] order)
    {
        TrainingState state = session.State;
        ImageBatch images = session.Data.Training.Batch(session.Order.Batch(order, state.IterationInEpoch), session.Device);
        return _mixing.Mix(new TrainingBatch(Augment(images), new Targets(images.Labels)), state.Iteration);
    }

    private Tensor Augment(ImageBatch batch)
    {
        var draws = new CounterRandom[batch.Samples.Length];
        for (int i = 0; i < draws.Length; i++)
        {
            draws[i] = CounterRandom.For(session.Settings.Seed, RandomPurpose.Augmentation, session.State.Epoch, batch.Samples[i]);
        }

        return session.Augmentation.Apply(ImageNormalizer.ToUnit(batch.Pixels), draws);
    }
}
