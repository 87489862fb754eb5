
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects.Reach;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>Used only if the backbone is trained in some epoch.</summary>
internal sealed class BackboneLearningRateRule : EffectRule
{
    public override string Hyperparameter => "backboneLearningRate";

    public override IReadOnlyList<string> DependsOn { get; } = ["freezeEpochs", "epochs"];

    public override bool IsIdle(Hyperparameters h) => FreezeReach.IsNeverThawed(h);

    public override string Reason(Hyperparameters h) => FreezeReach.NeverThawed(h);

    public override Hyperparameters Settle(Hyperparameters h) =>
        h.BackboneLearningRate == Default.BackboneLearningRate ? h : h with { BackboneLearningRate = Default.BackboneLearningRate };
}
