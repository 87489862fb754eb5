
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects.Reach;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>Used only if early stopping can end the run.</summary>
internal sealed class EarlyStoppingMetricRule : EffectRule
{
    public override string Hyperparameter => "earlyStoppingMetric";

    public override IReadOnlyList<string> DependsOn { get; } = ["earlyStoppingPatience", "epochs", "pruning", "pruningEpochs"];

    public override bool IsIdle(Hyperparameters h) => !EarlyStoppingReach.CanStop(h);

    public override string Reason(Hyperparameters h) => EarlyStoppingReach.WhyNot(h);

    public override Hyperparameters Settle(Hyperparameters h) =>
        h.EarlyStoppingMetric == Default.EarlyStoppingMetric ? h : h with { EarlyStoppingMetric = Default.EarlyStoppingMetric };
}
