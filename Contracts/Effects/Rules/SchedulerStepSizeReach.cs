using System.Globalization;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects.Reach;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>A first step that would come after the end of training.</summary>
internal sealed class SchedulerStepSizeReach : EffectRule
{
    public override string Hyperparameter => "schedulerStepSize";

    public override IReadOnlyList<string> DependsOn { get; } = ["scheduler", "epochs", "warmupEpochs"];

    public override bool DependsOnValue => true;

    public override bool IsIdle(Hyperparameters h) => h.Scheduler == SchedulerKind.Step && h.SchedulerStepSize >= ScheduleReach.Epochs(h);

    public override string Reason(Hyperparameters h) => string.Create(CultureInfo.InvariantCulture, $"a step after every {h.SchedulerStepSize} epochs is none within {ScheduleReach.Text(h)}, and the learning rate stays");

    public override Hyperparameters Settle(Hyperparameters h) =>
        Math.Max(ScheduleReach.Epochs(h), Default.SchedulerStepSize) is var same && h.SchedulerStepSize == same
            ? h
            : h with { SchedulerStepSize = same };
}
