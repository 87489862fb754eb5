using Experiments.GpuWorker.Jobs;

namespace Experiments.GpuWorker.Training.Progress;

/// <summary>The position and history of a run while it trains, and what follows from them.</summary>
internal sealed class TrainingProgress(TrainingJob job, TrainingState state)
{
    public TrainingState State { get; set; } = state;

    /// <summary>The number of the best epoch so far; 0 before the first.</summary>
    public int BestEpoch => EpochSelection.BestEpoch(job.Hyperparameters, job.Objective, State);

    /// <summary>True when the whole run is finished, not only this job's range of epochs.</summary>
    public bool IsRunFinished => EpochSelection.IsRunFinished(job.Hyperparameters, job.Objective, State);
}
