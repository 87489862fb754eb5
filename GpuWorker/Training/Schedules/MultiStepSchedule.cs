
using Experiments.Contracts.Configuration;

namespace Experiments.GpuWorker.Training.Schedules;

/// <summary>Times gamma at each of the given numbers of finished epochs; <c>torch.optim.lr_scheduler.MultiStepLR</c>.</summary>
internal sealed class MultiStepSchedule(EpochList milestones, double gamma) : ISchedule
{
    public double FactorAt(SchedulePoint point) => Math.Pow(gamma, milestones.Epochs.Count(milestone => milestone <= point.Epoch));
}
