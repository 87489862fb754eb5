using Experiments.GpuWorker.Basics;

namespace Experiments.GpuWorker.Jobs;

/// <summary>Trains on this process's device.</summary>
public interface ITrainer
{
    /// <summary>Fetches what the job needs from elsewhere, such as published weights, unless it is already there. Must be called before <see cref="Train"/>.</summary>
    /// <exception cref="TrainingException">It cannot be fetched, with the kind of failure.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was set; a later call continues without loss.</exception>
    Task PrepareAsync(TrainingJob job, CancellationToken cancellationToken);

    /// <summary>Trains the job to its end on the calling thread.</summary>
    /// <param name="stop">Requests a checkpoint and an early end; checked after each iteration.</param>
    /// <param name="cancel">Requests an end at the last finished epoch; checked after each iteration.</param>
    /// <exception cref="TrainingException">The training failed, with the kind of failure.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    TrainingOutcome Train(TrainingJob job, ITrainingListener listener, CancellationToken stop, CancellationToken cancel);
}
