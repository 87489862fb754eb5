using System.Globalization;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects.Reach;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>A patience that is longer than the schedule.</summary>
internal sealed class SchedulerPatienceReach : EffectRule
{
    public override string Hyperparameter => "schedulerPatience";

    public override IReadOnlyList<string> DependsOn { get; } = ["scheduler", "epochs", "warmupEpochs"];

    public override bool DependsOnValue => true;

    public override bool IsIdle(Hyperparameters h) => h.Scheduler == SchedulerKind.Plateau && h.SchedulerPatience >= ScheduleReach.Epochs(h);

    public override string Reason(Hyperparameters h) => string.Create(CultureInfo.InvariantCulture, $"{h.SchedulerPatience} epochs without improvement cannot pass within {ScheduleReach.Text(h)}, and the learning rate stays");

    public override Hyperparameters Settle(Hyperparameters h) =>
        Math.Max(ScheduleReach.Epochs(h), Default.SchedulerPatience) is var same && h.SchedulerPatience == same
            ? h
            : h with { SchedulerPatience = same };
}
