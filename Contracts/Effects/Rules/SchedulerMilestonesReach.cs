using System.Globalization;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects.Reach;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>Milestones after the end of training.</summary>
internal sealed class SchedulerMilestonesReach : EffectRule
{
    public override string Hyperparameter => "schedulerMilestones";

    public override IReadOnlyList<string> DependsOn { get; } = ["scheduler", "epochs", "warmupEpochs"];

    public override bool DependsOnValue => true;

    public override bool IsIdle(Hyperparameters h) => h.Scheduler == SchedulerKind.MultiStep && h.SchedulerMilestones.Epochs.Any(epoch => epoch >= ScheduleReach.Epochs(h));

    public override string Reason(Hyperparameters h) => string.Create(CultureInfo.InvariantCulture, $"milestone {h.SchedulerMilestones.Epochs.First(epoch => epoch >= ScheduleReach.Epochs(h))} is not reached within {ScheduleReach.Text(h)}");

    public override Hyperparameters Settle(Hyperparameters h) =>
        h with { SchedulerMilestones = new EpochList(h.SchedulerMilestones.Epochs.Where(epoch => epoch < ScheduleReach.Epochs(h))) };
}
