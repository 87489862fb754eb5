using System.Globalization;
using Experiments.Contracts.Configuration;

namespace Experiments.Contracts.Effects.Rules;

/// <summary>More parts than a batch has images.</summary>
internal sealed class GradientAccumulationReach : EffectRule
{
    public override string Hyperparameter => "gradientAccumulation";

    public override IReadOnlyList<string> DependsOn { get; } = ["batchSize"];

    public override bool DependsOnValue => true;

    public override bool IsIdle(Hyperparameters h) => h.GradientAccumulation > h.BatchSize;

    public override string Reason(Hyperparameters h) => string.Create(CultureInfo.InvariantCulture, $"a batch of {h.BatchSize} images has no more than {h.BatchSize} parts: {h.GradientAccumulation} is more");

    public override Hyperparameters Settle(Hyperparameters h) =>
        h with { GradientAccumulation = h.BatchSize };
}
