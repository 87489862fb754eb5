using System.Numerics;

namespace Experiments.Orchestrator.Analysis.Importance;

/// <summary>
/// Decomposes the variance of a tree's prediction over the whole space into the main effects of the axes: functional ANOVA as in Hutter, Hoos and
/// Leyton-Brown, "An Efficient Approach for Assessing Hyperparameter Importance", ICML 2014 (algorithms 1 and 2, for single hyperparameters). All
/// levels of an axis have equal weight, and so do all combinations of levels, whether or not a run has tried them.
/// </summary>
/// <param name="Variance">The variance of the prediction over all combinations.</param>
/// <param name="MainEffects">For each axis, the variance of the prediction averaged over all other axes; their sum is at most <paramref
/// name="Variance"/>.</param>
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

    /// <summary>The fraction of all combinations that fall into the leaf.</summary>
    private static double Volume(Leaf leaf, IReadOnlyList<LevelAxis> axes) =>
        leaf.Levels.Zip(axes, (levels, axis) => BitOperations.PopCount(levels) / (double)axis.Count).Aggregate(1.0, (product, share) => product * share);
}
