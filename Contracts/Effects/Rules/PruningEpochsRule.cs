
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>Used only by runs that prune.</summary>
internal sealed class PruningEpochsRule : EffectRule
{
    public override string Hyperparameter => "pruningEpochs";

    public override IReadOnlyList<string> DependsOn { get; } = ["pruning"];

    public override bool IsIdle(Hyperparameters h) => h.Pruning == 0;

    public override string Reason(Hyperparameters h) => "pruning is 0";

    public override Hyperparameters Settle(Hyperparameters h) =>
        h.PruningEpochs == Default.PruningEpochs ? h : h with { PruningEpochs = Default.PruningEpochs };
}
