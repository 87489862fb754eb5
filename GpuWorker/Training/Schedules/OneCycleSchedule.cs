namespace Experiments.GpuWorker.Training.Schedules;

/// <summary>
/// Per iteration: from 1/25 up to 1 over the first part, then down to 1/250,000, both along a cosine (Smith and Topin, 2018);
/// <c>torch.optim.lr_scheduler.OneCycleLR</c> with the learning rate as its maximum and without changes of momentum.
/// </summary>
/// <param name="risingShare">The share of iterations in which the rate rises: OneCycleLR's <c>pct_start</c>; 0 after a warm-up.</param>
internal sealed class OneCycleSchedule(double risingShare) : ISchedule
{
    /// <summary>OneCycleLR's default.</summary>
    public const double DefaultRisingShare = 0.3;

    private const double Start = 1 / 25.0;
    private const double End = Start / 1e4;

    public double FactorAt(SchedulePoint point)
    {
        double top = (risingShare * point.Iterations) - 1;
        double last = point.Iterations - 1;
        return point.Iteration <= top
            ? Between(Start, 1, point.Iteration / top)
            : Between(1, End, (point.Iteration - top) / (last - top));
    }

    private static double Between(double from, double to, double part) =>
        to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * Math.Clamp(part, 0, 1))));
}
