
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>Used only by the step scheduler.</summary>
internal sealed class SchedulerStepSizeRule : EffectRule
{
    public override string Hyperparameter => "schedulerStepSize";

    public override IReadOnlyList<string> DependsOn { get; } = ["scheduler"];

    public override bool IsIdle(Hyperparameters h) => h.Scheduler != SchedulerKind.Step;

    public override string Reason(Hyperparameters h) => $"scheduler {EnumText.Of(h.Scheduler)} does not use it; step does";

    public override Hyperparameters Settle(Hyperparameters h) =>
        h.SchedulerStepSize == Default.SchedulerStepSize ? h : h with { SchedulerStepSize = Default.SchedulerStepSize };
}
