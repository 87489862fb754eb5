using Experiments.GpuWorker.Data;
using Experiments.GpuWorker.Evaluation;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Training.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training;

/// <summary>Goes through the training images once, from wherever the state stands.</summary>
internal sealed class EpochTrainer(TrainingSession session, ITrainingListener listener, TimeProvider time)
{
    /// <param name="interrupt">Seen before each iteration; the state then counts the finished ones.</param>
    /// <exception cref="OperationCanceledException"><paramref name="interrupt"/> was set.</exception>
    public void Train(CancellationToken interrupt)
    {
        int[] order = session.Order.Of(session.State.Epoch);
        session.Model.PrepareToTrain(
            FreezePlan.ThawedBlocks(session.Settings, session.Model.Blocks.Count, session.State.Epoch),
            session.Settings.FreezeBatchNorm);
        using var results = new BatchResults(session, listener);
        while (session.State.IterationInEpoch < session.Order.Iterations && !interrupt.IsCancellationRequested)
        {
            long start = time.GetTimestamp();
            TrainBatch(order, results);
            Advance(time.GetElapsedTime(start));
        }

        results.ReadAll();
        CollectSmallNativeObjects();
        interrupt.ThrowIfCancellationRequested();
    }

    private void TrainBatch(int[] order, BatchResults results)
    {
        using DisposeScope scope = NewDisposeScope();
        TrainingState state = session.State;
        ImageBatch batch = session.Data.Training.Batch(session.Order.Batch(order, state.IterationInEpoch), session.Device);
        session.Model.Randomness.Prepare(session.Settings.Seed, state.Iteration);
        TrainingLogits logits = session.Model.ForwardTraining(Prepare(batch));
        Tensor loss = LossOf(logits.Main, batch.Labels);
        foreach ((Tensor auxiliary, double weight) in logits.Auxiliary)
        {
            loss += LossOf(auxiliary, batch.Labels) * weight;
        }

        loss.backward();
        double factor = session.LearningRateFactor(state.Iteration);
        session.Optimizer.Step(parameter => session.LearningRateOf(parameter, factor));
        results.Add(loss, logits.Main, batch.Labels);
    }

    private Tensor LossOf(Tensor logits, Tensor labels) =>
        nn.functional.cross_entropy(logits, labels, label_smoothing: session.Settings.LabelSmoothing);

    private Tensor Prepare(ImageBatch batch)
    {
        var draws = new CounterRandom[batch.Samples.Length];
        for (int i = 0; i < draws.Length; i++)
        {
            draws[i] = CounterRandom.For(session.Settings.Seed, RandomPurpose.Augmentation, session.State.Epoch, batch.Samples[i]);
        }

        Tensor images = ImageNormalizer.ToUnit(batch.Pixels);
        return session.Normalizer.Normalize(session.Augmentation.Apply(images, draws));
    }

    /// <summary>
    /// TorchSharp leaves small native objects (numbers that tensors are combined with) to the finalizer. They lie between the large blocks of
    /// tensors, so that the native heap grows until the next collection, which managed memory alone gives no reason for. This one takes milliseconds.
    /// </summary>
    private static void CollectSmallNativeObjects() => GC.Collect(generation: 1, GCCollectionMode.Forced, blocking: false);

    private void Advance(TimeSpan elapsed)
    {
        TrainingState state = session.State;
        session.State = state with
        {
            Iteration = state.Iteration + 1,
            IterationInEpoch = state.IterationInEpoch + 1,
            Sums = state.Sums with { Seconds = state.Sums.Seconds + elapsed.TotalSeconds },
        };
    }
}
