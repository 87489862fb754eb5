using Experiments.GpuWorker.Basics;

namespace Experiments.GpuWorker.Jobs;

/// <summary>Trains on this process's device.</summary>
public interface ITrainer
{
    /// <summary>Fetches from elsewhere what the job needs, such as published weights, and does nothing when it is there. Comes before <see cref="Train"/>.</summary>
    /// <exception cref="TrainingException">It cannot be had, with the kind of failure.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was set; going on later loses nothing.</exception>
    Task PrepareAsync(TrainingJob job, CancellationToken cancellationToken);

    /// <summary>Trains until the job's end, on the calling thread.</summary>
    /// <param name="stop">Asks for a checkpoint and an early end, seen after each iteration.</param>
    /// <param name="cancel">Asks for an end at the last finished epoch, seen after each iteration.</param>
    /// <exception cref="TrainingException">The training failed, with the kind of failure.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    TrainingOutcome Train(TrainingJob job, ITrainingListener listener, CancellationToken stop, CancellationToken cancel);
}
