
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects.Reach;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>Used only if the backbone is unfrozen before the end.</summary>
internal sealed class UnfreezeRule : EffectRule
{
    public override string Hyperparameter => "unfreeze";

    public override IReadOnlyList<string> DependsOn { get; } = ["freezeEpochs", "epochs"];

    public override bool IsIdle(Hyperparameters h) => FreezeReach.IsNeverThawed(h);

    public override string Reason(Hyperparameters h) => FreezeReach.NeverThawed(h);

    public override Hyperparameters Settle(Hyperparameters h) =>
        h.Unfreeze == Default.Unfreeze ? h : h with { Unfreeze = Default.Unfreeze };
}
