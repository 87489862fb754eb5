namespace Experiments.GpuWorker.Training.Schedules;

/// <summary>Multiplies the learning rate by gamma after every <paramref name="stepSize"/> epochs; <c>torch.optim.lr_scheduler.StepLR</c>.</summary>
internal sealed class StepSchedule(int stepSize, double gamma) : ISchedule
{
    public double FactorAt(SchedulePoint point) => Math.Pow(gamma, point.Epoch / stepSize);
}
