namespace Experiments.GpuWorker.Training.Schedules;

/// <summary>
/// Per iteration: from 1/25 up to 1 over the first 30 %, then down to 1/250,000, both along a cosine (Smith and Topin, 2018);
/// <c>torch.optim.lr_scheduler.OneCycleLR</c> with the learning rate as its maximum and without changes of momentum.
/// </summary>
internal sealed class OneCycleSchedule : ISchedule
{
    private const double RisingShare = 0.3;
    private const double Start = 1 / 25.0;
    private const double End = Start / 1e4;

    public double FactorAt(SchedulePoint point)
    {
        double top = (RisingShare * point.Iterations) - 1;
        double last = point.Iterations - 1;
        return point.Iteration <= top
            ? Between(Start, 1, point.Iteration / top)
            : Between(1, End, (point.Iteration - top) / (last - top));
    }

    private static double Between(double from, double to, double part) =>
        to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * Math.Clamp(part, 0, 1))));
}
