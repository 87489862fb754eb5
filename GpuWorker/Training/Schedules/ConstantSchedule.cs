namespace Experiments.GpuWorker.Training.Schedules;

/// <summary>The learning rate stays.</summary>
internal sealed class ConstantSchedule : ISchedule
{
    public double FactorAt(SchedulePoint point) => 1;
}
