using Experiments.Contracts.Catalog;
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>Used only by models with two stems. Configurations are already resolved, see <see cref="CellDefaults"/>.</summary>
internal sealed class SmallInputRule : EffectRule
{
    public override string Hyperparameter => "smallInput";

    public override IReadOnlyList<string> DependsOn { get; } = ["model"];

    public override bool IsIdle(Hyperparameters h) => ModelCatalog.Find(h.Model) is { SmallInput: false };

    public override string Reason(Hyperparameters h) => $"{h.Model} has no other stem for small images";

    public override Hyperparameters Settle(Hyperparameters h) =>
        h;
}
