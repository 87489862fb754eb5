using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Basics;

namespace Experiments.GpuWorker.Training.Schedules;

/// <summary>Every schedule. To add one: a file with its class, a line here, and a value of the contracts' SchedulerKind.</summary>
public static class ScheduleRegistry
{
    public static Registry<Func<Hyperparameters, ISchedule>> All { get; } = new("scheduler", new Dictionary<string, Func<Hyperparameters, ISchedule>>
    {
        ["none"] = _ => new ConstantSchedule(),
        ["step"] = h => new StepSchedule(h.SchedulerStepSize, h.SchedulerGamma),
        ["multistep"] = h => new MultiStepSchedule(h.SchedulerMilestones, h.SchedulerGamma),
        ["cosine"] = h => new CosineSchedule(h.Epochs),
        ["plateau"] = h => new PlateauSchedule(h.SchedulerGamma, h.SchedulerPatience),
        ["onecycle"] = h => new OneCycleSchedule(h.WarmupEpochs > 0 ? 0 : OneCycleSchedule.DefaultRisingShare),
    });

    /// <summary>What a run's hyperparameters ask for: one of these, with a warm-up before it if they want one.</summary>
    public static ISchedule Create(Hyperparameters settings)
    {
        ISchedule schedule = All[EnumText.Of(settings.Scheduler)](settings with { Epochs = settings.Epochs - settings.WarmupEpochs });
        return settings.WarmupEpochs > 0 ? new WarmupSchedule(schedule, settings.WarmupEpochs, settings.Epochs) : schedule;
    }
}
