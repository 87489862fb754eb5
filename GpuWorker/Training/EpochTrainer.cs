using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Training.Batches;
using Experiments.GpuWorker.Training.Checkpoints;
using Experiments.GpuWorker.Training.Progress;
using Experiments.GpuWorker.Training.Steps;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training;

/// <summary>Trains one epoch, starting from the state's position.</summary>
internal sealed class EpochTrainer(TrainingSession session, CheckpointKeeper checkpoints, ITrainingListener listener, TimeProvider time)
{
    private readonly GradientStep _step = new(session.Job, session.Network, session.Optimization, session.Loss, session.Teacher, session.Progress);

    /// <param name="interrupt">Checked before each iteration; the state then counts the finished ones.</param>
    /// <exception cref="OperationCanceledException"><paramref name="interrupt"/> was set.</exception>
    public void Train(CancellationToken interrupt)
    {
        int[] order = session.Order.Of(session.Progress.State.Epoch);
        session.Network.Model.PrepareToTrain(
            FreezePlan.ThawedBlocks(session.Settings, session.Network.Model.Blocks.Count, session.Progress.State.Epoch),
            session.Settings.FreezeBatchNorm);
        using var results = new BatchResults(session.Network.Device, session.Progress, listener);
        using IDisposable? ahead = session.Data.Training.Prefetch(session.Order.Batches(order, session.Progress.State.IterationInEpoch));
        while (session.Progress.State.IterationInEpoch < session.Order.Iterations && !interrupt.IsCancellationRequested)
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
        TrainingBatch batch = session.Batches.Next(order);
        results.Add(_step.Take(batch), batch.Count);
    }

    /// <summary>
    /// TorchSharp leaves small native objects (numbers that tensors are combined with) to the finalizer. They are allocated between the large blocks of
    /// tensors, so that the native heap grows until the next collection, which managed memory alone does not trigger. This one takes milliseconds.
    /// </summary>
    private static void CollectSmallNativeObjects() => GC.Collect(generation: 1, GCCollectionMode.Forced, blocking: false);

    private void Advance(TimeSpan elapsed)
    {
        TrainingState state = session.Progress.State;
        session.Progress.State = state with
        {
            Iteration = state.Iteration + 1,
            IterationInEpoch = state.IterationInEpoch + 1,
            Sums = state.Sums with { Seconds = state.Sums.Seconds + elapsed.TotalSeconds },
        };
    }
}
