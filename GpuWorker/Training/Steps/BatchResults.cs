using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Training.Progress;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Steps;

/// <summary>
/// Brings the loss of each iteration from the device to the listener and into the epoch's sums. On a GPU it reads one iteration late, so
/// that the next batch is already under way while it waits.
/// </summary>
internal sealed class BatchResults(TrainingSession session, ITrainingListener listener) : IDisposable
{
    private readonly int _lag = session.Device.type == DeviceType.CPU ? 0 : 1;
    private readonly Queue<(long Iteration, long Images, Tensor Values)> _waiting = [];

    /// <summary>Takes the results of the iteration that follows those that the state counts.</summary>
    /// <param name="values">float64 [2]: the batch's loss, and how many of its images were recognised.</param>
    public void Add(Tensor values, long images)
    {
        _waiting.Enqueue((session.State.Iteration + 1, images, values.DetachFromDisposeScope()));
        ReadAllBut(_lag);
    }

    /// <exception cref="TrainingException">A loss is not a finite number (kind Diverged).</exception>
    public void ReadAll() => ReadAllBut(0);

    public void Dispose()
    {
        foreach ((_, _, Tensor values) in _waiting)
        {
            values.Dispose();
        }

        _waiting.Clear();
    }

    private void ReadAllBut(int count)
    {
        while (_waiting.Count > count)
        {
            (long iteration, long images, Tensor values) = _waiting.Dequeue();
            using (values)
            using (Tensor here = values.cpu())
            {
                Report(iteration, images, here.data<double>()[0], (long)here.data<double>()[1]);
            }
        }
    }

    private void Report(long iteration, long images, double loss, long correct)
    {
        if (!double.IsFinite(loss))
        {
            throw new TrainingException(
                FailureKind.Diverged,
                $"the training loss became {loss} in epoch {session.State.Epoch + 1}, iteration {iteration}; a smaller learning rate may help");
        }

        EpochSums sums = session.State.Sums;
        session.State = session.State with
        {
            Sums = sums with { Loss = sums.Loss + (loss * images), Correct = sums.Correct + correct, Images = sums.Images + images },
        };
        listener.OnMetric(MetricNames.BatchLoss, iteration, loss);
    }
}
