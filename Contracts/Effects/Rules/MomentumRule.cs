
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>Used only by optimizers with momentum.</summary>
internal sealed class MomentumRule : EffectRule
{
    public override string Hyperparameter => "momentum";

    public override IReadOnlyList<string> DependsOn { get; } = ["optimizer"];

    public override bool IsIdle(Hyperparameters h) => h.Optimizer is not (OptimizerKind.Sgd or OptimizerKind.RmsProp);

    public override string Reason(Hyperparameters h) => $"optimizer {EnumText.Of(h.Optimizer)} does not use it; sgd and rmsprop do";

    public override Hyperparameters Settle(Hyperparameters h) =>
        h.Momentum == Default.Momentum ? h : h with { Momentum = Default.Momentum };
}
