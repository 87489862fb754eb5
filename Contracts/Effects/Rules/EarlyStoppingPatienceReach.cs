using System.Globalization;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects.Reach;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>A patience that the number of epochs cannot reach.</summary>
internal sealed class EarlyStoppingPatienceReach : EffectRule
{
    public override string Hyperparameter => "earlyStoppingPatience";

    public override IReadOnlyList<string> DependsOn { get; } = ["epochs", "pruning", "pruningEpochs"];

    public override bool DependsOnValue => true;

    public override bool IsIdle(Hyperparameters h) => h.EarlyStoppingPatience is not null && !EarlyStoppingReach.CanStop(h);

    public override string Reason(Hyperparameters h) => string.Create(CultureInfo.InvariantCulture, $"{h.EarlyStoppingPatience} epochs without improvement cannot pass within the {EarlyStoppingReach.Epochs(h)} {(h.Pruning > 0 ? "epochs after pruning" : "epochs")}, and training never ends early");

    public override Hyperparameters Settle(Hyperparameters h) =>
        h with { EarlyStoppingPatience = null };
}
