using Experiments.GpuWorker.Jobs;

namespace Experiments.GpuWorker.Tests.Runs;

/// <summary>A test double of the trainer, for fast tests of the life of a run.</summary>
internal sealed class ScriptedTrainer : ITrainer
{
    public List<TrainingJob> Jobs { get; } = [];

    /// <summary>The behavior of a training.</summary>
    public Func<TrainingJob, ITrainingListener, CancellationToken, CancellationToken, TrainingOutcome> Script { get; set; } =
        (_, _, _, _) => TrainingOutcome.Completed;

    /// <summary>The behavior of fetching.</summary>
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

    /// <summary>Trains until it is stopped or cancelled.</summary>
    public static TrainingOutcome UntilTold(TrainingJob job, ITrainingListener listener, CancellationToken stop, CancellationToken cancel)
    {
        WaitHandle.WaitAny([stop.WaitHandle, cancel.WaitHandle]);
        cancel.ThrowIfCancellationRequested();
        return TrainingOutcome.Stopped;
    }
}
