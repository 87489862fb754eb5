using System.Globalization;
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Reach;

/// <summary>Whether the learning rate is ever stepped while a run trains.</summary>
internal static class ScheduleReach
{
    /// <summary>The number of epochs that a scheduler controls: those after the warm-up.</summary>
    public static int Epochs(Hyperparameters h) => h.Epochs - h.WarmupEpochs;

    /// <summary>True for the schedulers that multiply the learning rate with gamma.</summary>
    public static bool HasSteps(SchedulerKind scheduler) => scheduler is SchedulerKind.Step or SchedulerKind.MultiStep or SchedulerKind.Plateau;

    /// <summary>True where a step can take effect before training is over: the last factor used is that of the last epoch.</summary>
    public static bool Steps(Hyperparameters h) => h.Scheduler switch
    {
        SchedulerKind.Step => h.SchedulerStepSize < Epochs(h),
        SchedulerKind.MultiStep => h.SchedulerMilestones.Epochs.Count > 0 && h.SchedulerMilestones.Epochs[0] < Epochs(h),
        SchedulerKind.Plateau => h.SchedulerPatience < Epochs(h),
        _ => false,
    };

    /// <summary>For display: <c>10 epochs</c>, <c>8 epochs after the warm-up</c>.</summary>
    public static string Text(Hyperparameters h) =>
        string.Create(CultureInfo.InvariantCulture, $"{Epochs(h)} {(Epochs(h) == 1 ? "epoch" : "epochs")}{(h.WarmupEpochs > 0 ? " after the warm-up" : "")}");
}
