using Experiments.Contracts.Effects.Doubts;

namespace Experiments.Contracts.Effects;

/// <summary>Every rule about probable mistakes. To add one: a file with its class, and a line here.</summary>
public static class HyperparameterDoubts
{
    /// <summary>In the order in which warnings about the same cell are listed.</summary>
    public static IReadOnlyList<DoubtRule> All { get; } =
    [
        new FrozenToTheEnd(),
        new WarmupWithoutScheduler(),
        new MilestonesMissing(),
        new GammaOfOne(),
        new BackboneRateOfRandomWeights(),
        new TeacherWithoutShare(),
    ];
}
