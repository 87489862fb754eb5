namespace Experiments.GpuWorker.Training.Schedules;

/// <summary>Half a cosine wave from 1 towards 0 over all epochs; <c>torch.optim.lr_scheduler.CosineAnnealingLR</c> with T_max = epochs.</summary>
internal sealed class CosineSchedule(int epochs) : ISchedule
{
    public double FactorAt(SchedulePoint point) => (1 + Math.Cos(Math.PI * point.Epoch / epochs)) / 2;
}
