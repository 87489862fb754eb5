
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects.Reach;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>Used only if early stopping can end the run.</summary>
internal sealed class EarlyStoppingMinDeltaRule : EffectRule
{
    public override string Hyperparameter => "earlyStoppingMinDelta";

    public override IReadOnlyList<string> DependsOn { get; } = ["earlyStoppingPatience", "epochs", "pruning", "pruningEpochs"];

    public override bool IsIdle(Hyperparameters h) => !EarlyStoppingReach.CanStop(h);

    public override string Reason(Hyperparameters h) => EarlyStoppingReach.WhyNot(h);

    public override Hyperparameters Settle(Hyperparameters h) =>
        h.EarlyStoppingMinDelta == Default.EarlyStoppingMinDelta ? h : h with { EarlyStoppingMinDelta = Default.EarlyStoppingMinDelta };
}
