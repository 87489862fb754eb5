namespace Experiments.GpuWorker.Training.Schedules;

/// <summary>
/// Per iteration, linearly from a hundredth to 1 over the first epochs; then another schedule continues as if the run began there, with the
/// epochs that remain and their validation losses. <c>torch.optim.lr_scheduler.SequentialLR</c> of <c>LinearLR(start_factor=0.01)</c>, as in
/// torchvision's reference training, and that schedule.
/// </summary>
/// <param name="next">The schedule of the remaining epochs.</param>
/// <param name="warmupEpochs">At least 1, fewer than <paramref name="epochs"/>.</param>
/// <param name="epochs">The epochs of the whole run.</param>
internal sealed class WarmupSchedule(ISchedule next, int warmupEpochs, int epochs) : ISchedule
{
    private const double Start = 0.01;

    public double FactorAt(SchedulePoint point)
    {
        long warmup = point.Iterations / epochs * warmupEpochs;
        return point.Iteration < warmup
            ? Start + ((1 - Start) * point.Iteration / warmup)
            : next.FactorAt(new SchedulePoint(
                point.Epoch - warmupEpochs,
                point.Iteration - warmup,
                point.Iterations - warmup,
                [.. point.ValidationLosses.Skip(warmupEpochs)]));
    }
}
