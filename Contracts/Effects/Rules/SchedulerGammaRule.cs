
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects.Reach;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>Used only by schedulers that multiply by gamma, and only if they take a step.</summary>
internal sealed class SchedulerGammaRule : EffectRule
{
    public override string Hyperparameter => "schedulerGamma";

    public override IReadOnlyList<string> DependsOn { get; } = ["scheduler", "epochs", "warmupEpochs", "schedulerStepSize", "schedulerMilestones", "schedulerPatience"];

    public override bool IsIdle(Hyperparameters h) => !ScheduleReach.Steps(h);

    public override string Reason(Hyperparameters h) => ScheduleReach.HasSteps(h.Scheduler)
        ? $"the {EnumText.Of(h.Scheduler)} scheduler takes no step within {ScheduleReach.Text(h)}"
        : $"scheduler {EnumText.Of(h.Scheduler)} does not use it; step, multistep and plateau do";

    public override Hyperparameters Settle(Hyperparameters h) =>
        h.SchedulerGamma == Default.SchedulerGamma ? h : h with { SchedulerGamma = Default.SchedulerGamma };
}
