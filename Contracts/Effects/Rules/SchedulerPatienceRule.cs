
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>Used only by the plateau scheduler.</summary>
internal sealed class SchedulerPatienceRule : EffectRule
{
    public override string Hyperparameter => "schedulerPatience";

    public override IReadOnlyList<string> DependsOn { get; } = ["scheduler"];

    public override bool IsIdle(Hyperparameters h) => h.Scheduler != SchedulerKind.Plateau;

    public override string Reason(Hyperparameters h) => $"scheduler {EnumText.Of(h.Scheduler)} does not use it; plateau does";

    public override Hyperparameters Settle(Hyperparameters h) =>
        h.SchedulerPatience == Default.SchedulerPatience ? h : h with { SchedulerPatience = Default.SchedulerPatience };
}
