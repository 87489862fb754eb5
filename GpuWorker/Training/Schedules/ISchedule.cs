namespace Experiments.GpuWorker.Training.Schedules;

/// <summary>How the learning rate changes: a pure function of the position in training, so that there is nothing to save or restore.</summary>
public interface ISchedule
{
    /// <summary>The factor of the hyperparameters' learning rates.</summary>
    double FactorAt(SchedulePoint point);
}

/// <summary>A position in training.</summary>
/// <param name="Epoch">Finished epochs.</param>
/// <param name="Iteration">Finished iterations since the run began.</param>
/// <param name="Iterations">Iterations of the whole run.</param>
/// <param name="ValidationLosses">One per finished epoch.</param>
public readonly record struct SchedulePoint(int Epoch, long Iteration, long Iterations, IReadOnlyList<double> ValidationLosses);
