namespace Experiments.GpuWorker.Training.Schedules;

/// <summary>A constant learning rate.</summary>
internal sealed class ConstantSchedule : ISchedule
{
    public double FactorAt(SchedulePoint point) => 1;
}
