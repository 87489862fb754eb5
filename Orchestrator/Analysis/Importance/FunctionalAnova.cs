using System.Numerics;

namespace Experiments.Orchestrator.Analysis.Importance;

/// <summary>
/// How the variance of a tree's prediction over the whole space divides into the main effects of the axes: functional ANOVA as in Hutter, Hoos and
/// Leyton-Brown, "An Efficient Approach for Assessing Hyperparameter Importance", ICML 2014 (algorithms 1 and 2, for single hyperparameters).
/// Every level of an axis counts the same, and so does every combination of levels, whether a run has tried it or not.
/// </summary>
/// <param name="Variance">Of the prediction over all combinations.</param>
/// <param name="MainEffects">For each axis the variance of the prediction averaged over all others; at most <paramref name="Variance"/> together.</param>
internal sealed record FunctionalAnova(double Variance, IReadOnlyList<double> MainEffects)
{
    public static FunctionalAnova Of(IReadOnlyList<Leaf> leaves, IReadOnlyList<LevelAxis> axes)
    {
        double[] volumes = [.. leaves.Select(leaf => Volume(leaf, axes))];
        double mean = leaves.Zip(volumes, (leaf, volume) => leaf.Value * volume).Sum();
        double variance = leaves.Zip(volumes, (leaf, volume) => (leaf.Value - mean) * (leaf.Value - mean) * volume).Sum();
        return new FunctionalAnova(variance, [.. axes.Select((axis, index) => MainEffect(leaves, volumes, index, axis, mean))]);
    }

    private static double MainEffect(IReadOnlyList<Leaf> leaves, double[] volumes, int index, LevelAxis axis, double mean)
    {
        double[] marginal = new double[axis.Count];
        foreach ((Leaf leaf, double volume) in leaves.Zip(volumes))
        {
            ulong levels = leaf.Levels[index];
            double others = volume * axis.Count / BitOperations.PopCount(levels);
            for (; levels != 0; levels &= levels - 1)
            {
                marginal[BitOperations.TrailingZeroCount(levels)] += leaf.Value * others;
            }
        }

        return marginal.Average(value => (value - mean) * (value - mean));
    }

    /// <summary>The share of all combinations that belong to the leaf.</summary>
    private static double Volume(Leaf leaf, IReadOnlyList<LevelAxis> axes) =>
        leaf.Levels.Zip(axes, (levels, axis) => BitOperations.PopCount(levels) / (double)axis.Count).Aggregate(1.0, (product, share) => product * share);
}
