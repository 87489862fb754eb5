namespace Experiments.Orchestrator.Analysis.Importance;

/// <summary>The importance of each axis, measured by a random forest.</summary>
/// <param name="Explained">The fraction of the variance predicted for runs that a tree has not seen (out-of-bag R²), 0 to 1.</param>
/// <param name="Shares">For each axis, the fraction of the variance that it explains alone: mean and standard deviation over the trees.</param>
internal sealed record ForestImportance(double Explained, IReadOnlyList<(double Mean, double Deviation)> Shares);

/// <summary>
/// Grows a forest (Breiman, 2001: bootstrap samples, every axis tried at every split) and averages <see cref="FunctionalAnova"/> over its trees. Pure
/// and deterministic. Unlike a plain analysis of variance, a forest handles grids with missing cells and values that are all different.
/// </summary>
internal static class ImportanceForest
{
    private const int Trees = 48;
    private const int Seed = 20140621;

    /// <summary>The maximum sample size of a tree. More runs change the result by less than trees differ, and would take seconds.</summary>
    private const int MostRunsPerTree = 2_000;

    /// <summary>A leaf holds at least one in this number of the sample's runs.</summary>
    private const int LeavesPerSample = 200;

    public static ForestImportance Measure(TrainingRuns runs)
    {
        var random = new Random(Seed);
        var outOfBag = new OutOfBag(runs);
        var shares = new List<double[]>(Trees);
        for (int i = 0; i < Trees; i++)
        {
            int[] sample = Bootstrap(runs.Count, random);
            bool[] isSeen = new bool[runs.Count];
            foreach (int run in sample)
            {
                isSeen[run] = true;
            }

            RegressionTree tree = RegressionTree.Grow(runs, sample, Math.Max(1, sample.Length / LeavesPerSample), random);
            outOfBag.Add(tree, isSeen);
            var anova = FunctionalAnova.Of(tree.Leaves, runs.Axes);
            if (anova.Variance > 0)
            {
                shares.Add([.. anova.MainEffects.Select(effect => effect / anova.Variance)]);
            }
        }

        return new ForestImportance(outOfBag.Explained(), [.. runs.Axes.Select((_, axis) => Summarize(shares, axis))]);
    }

    private static int[] Bootstrap(int count, Random random) =>
        [.. Enumerable.Range(0, Math.Min(count, MostRunsPerTree)).Select(_ => random.Next(count))];

    private static (double Mean, double Deviation) Summarize(List<double[]> shares, int axis)
    {
        if (shares.Count == 0)
        {
            return (0, 0);
        }

        double mean = shares.Average(tree => tree[axis]);
        return (mean, Math.Sqrt(shares.Average(tree => (tree[axis] - mean) * (tree[axis] - mean))));
    }
}
