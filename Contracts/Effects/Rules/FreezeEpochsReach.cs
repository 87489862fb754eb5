using System.Globalization;
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>More frozen epochs than epochs.</summary>
internal sealed class FreezeEpochsReach : EffectRule
{
    public override string Hyperparameter => "freezeEpochs";

    public override IReadOnlyList<string> DependsOn { get; } = ["epochs"];

    public override bool DependsOnValue => true;

    public override bool IsIdle(Hyperparameters h) => h.FreezeEpochs > h.Epochs;

    public override string Reason(Hyperparameters h) => string.Create(CultureInfo.InvariantCulture, $"all {h.Epochs} epochs are frozen already, and the backbone is never trained: {h.FreezeEpochs} is more than epochs");

    public override Hyperparameters Settle(Hyperparameters h) =>
        h with { FreezeEpochs = h.Epochs };
}
