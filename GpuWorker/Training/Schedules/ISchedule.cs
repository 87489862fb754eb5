namespace Experiments.GpuWorker.Training.Schedules;

/// <summary>How the learning rate changes. A pure function of where training stands: there is nothing to save or restore.</summary>
public interface ISchedule
{
    /// <summary>What the learning rates of the hyperparameters are multiplied with.</summary>
    double FactorAt(SchedulePoint point);
}

/// <summary>Where training stands.</summary>
/// <param name="Epoch">Finished epochs.</param>
/// <param name="Iteration">Finished iterations since the run began.</param>
/// <param name="Iterations">Iterations of the whole run.</param>
/// <param name="ValidationLosses">One for each finished epoch.</param>
public readonly record struct SchedulePoint(int Epoch, long Iteration, long Iterations, IReadOnlyList<double> ValidationLosses);
