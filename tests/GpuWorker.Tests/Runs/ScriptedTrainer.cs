using Experiments.GpuWorker.Jobs;

namespace Experiments.GpuWorker.Tests.Runs;

/// <summary>Stands in for training, so that these tests are about the run's life and take no time.</summary>
internal sealed class ScriptedTrainer : ITrainer
{
    public List<TrainingJob> Jobs { get; } = [];

    /// <summary>What a training does.</summary>
    public Func<TrainingJob, ITrainingListener, CancellationToken, CancellationToken, TrainingOutcome> Script { get; set; } =
        (_, _, _, _) => TrainingOutcome.Completed;

    /// <summary>What fetching does.</summary>
    public Func<CancellationToken, Task> Preparation { get; set; } = _ => Task.CompletedTask;

    public Task PrepareAsync(TrainingJob job, CancellationToken cancellationToken) => Preparation(cancellationToken);

    public TrainingOutcome Train(TrainingJob job, ITrainingListener listener, CancellationToken stop, CancellationToken cancel)
    {
        lock (Jobs)
        {
            Jobs.Add(job);
        }

        return Script(job, listener, stop, cancel);
    }

    /// <summary>Trains until it is told to end, one way or the other.</summary>
    public static TrainingOutcome UntilTold(TrainingJob job, ITrainingListener listener, CancellationToken stop, CancellationToken cancel)
    {
        WaitHandle.WaitAny([stop.WaitHandle, cancel.WaitHandle]);
        cancel.ThrowIfCancellationRequested();
        return TrainingOutcome.Stopped;
    }
}
