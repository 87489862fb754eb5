
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects.Reach;

namespace Experiments.Contracts.Effects.Doubts;

/// <summary>A separate learning rate for a backbone with random weights.</summary>
internal sealed class BackboneRateOfRandomWeights : DoubtRule
{
    public override IReadOnlyList<string> About { get; } = ["backboneLearningRate"];

    public override string? Doubt(Hyperparameters h) => h.BackboneLearningRate is not null && h.Pretrained == "none" && !FreezeReach.Freezes(h)
        ? "pretrained is none and nothing is frozen: the backbone has random weights, like the head, but learns at another rate"
        : null;
}
