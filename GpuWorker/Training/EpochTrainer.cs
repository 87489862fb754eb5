using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Training.Batches;
using Experiments.GpuWorker.Training.Checkpoints;
using Experiments.GpuWorker.Training.Progress;
using Experiments.GpuWorker.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training;

/// <summary>Goes through the training images once, from wherever the state stands.</summary>
internal sealed class EpochTrainer(TrainingSession session, CheckpointKeeper checkpoints, ITrainingListener listener, TimeProvider time)
{
    private readonly BatchPreparation _preparation = new(session);
    private readonly GradientStep _step = new(session);

    /// <param name="interrupt">Seen before each iteration; the state then counts the finished ones.</param>
    /// <exception cref="OperationCanceledException"><paramref name="interrupt"/> was set.</exception>
    public void Train(CancellationToken interrupt)
    {
        int[] order = session.Order.Of(session.State.Epoch);
        session.Model.PrepareToTrain(
            FreezePlan.ThawedBlocks(session.Settings, session.Model.Blocks.Count, session.State.Epoch),
            session.Settings.FreezeBatchNorm);
        using var results = new BatchResults(session, listener);
        using IDisposable? ahead = session.Data.Training.Prefetch(session.Order.Batches(order, session.State.IterationInEpoch));
        while (session.State.IterationInEpoch < session.Order.Iterations && !interrupt.IsCancellationRequested)
        {
            long start = time.GetTimestamp();
            TrainBatch(order, results);
            Advance(time.GetElapsedTime(start));
            checkpoints.Poll();
        }

        results.ReadAll();
        CollectSmallNativeObjects();
        interrupt.ThrowIfCancellationRequested();
    }

    private void TrainBatch(int[] order, BatchResults results)
    {
        using DisposeScope scope = NewDisposeScope();
        TrainingBatch batch = _preparation.Next(order);
        results.Add(_step.Take(batch), batch.Count);
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
