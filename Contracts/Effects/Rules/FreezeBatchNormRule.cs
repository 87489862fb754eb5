using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects.Reach;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>Used only if layers with batch norm are frozen.</summary>
internal sealed class FreezeBatchNormRule : EffectRule
{
    public override string Hyperparameter => "freezeBatchNorm";

    public override IReadOnlyList<string> DependsOn { get; } = ["model", "freezeEpochs", "unfreeze"];

    public override bool IsIdle(Hyperparameters h) => !FreezeReach.Freezes(h) || ModelCatalog.Find(h.Model) is { BatchNorm: false };

    public override string Reason(Hyperparameters h) => !FreezeReach.Freezes(h)
        ? "nothing is frozen; freezeEpochs and unfreeze: gradual freeze"
        : $"{h.Model} has no batch norm";

    public override Hyperparameters Settle(Hyperparameters h) =>
        h.FreezeBatchNorm == Default.FreezeBatchNorm ? h : h with { FreezeBatchNorm = Default.FreezeBatchNorm };
}
