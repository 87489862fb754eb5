
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>Used only by the multistep scheduler.</summary>
internal sealed class SchedulerMilestonesRule : EffectRule
{
    public override string Hyperparameter => "schedulerMilestones";

    public override IReadOnlyList<string> DependsOn { get; } = ["scheduler"];

    public override bool IsIdle(Hyperparameters h) => h.Scheduler != SchedulerKind.MultiStep;

    public override string Reason(Hyperparameters h) => $"scheduler {EnumText.Of(h.Scheduler)} does not use it; multistep does";

    public override Hyperparameters Settle(Hyperparameters h) =>
        h.SchedulerMilestones.Equals(Default.SchedulerMilestones) ? h : h with { SchedulerMilestones = Default.SchedulerMilestones };
}
