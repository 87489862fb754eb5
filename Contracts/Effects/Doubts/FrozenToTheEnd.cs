using System.Globalization;
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Doubts;

/// <summary>The last epoch is frozen too. More frozen epochs than epochs are reported by FreezeEpochsReach.</summary>
internal sealed class FrozenToTheEnd : DoubtRule
{
    public override IReadOnlyList<string> About { get; } = ["freezeEpochs", "epochs"];

    public override string? Doubt(Hyperparameters h) => h.FreezeEpochs == h.Epochs
        ? string.Create(CultureInfo.InvariantCulture, $"all {h.Epochs} epochs are frozen: the backbone is never trained{(h.Pretrained == "none" ? ", and its weights are random" : "")}")
        : null;
}
