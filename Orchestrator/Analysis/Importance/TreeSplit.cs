namespace Experiments.Orchestrator.Analysis.Importance;

/// <summary>The split of a node with the least remaining variance (Breiman, Friedman, Olshen and Stone, 1984).</summary>
/// <param name="LeftLevels">The levels of the node that belong to the left child.</param>
internal readonly record struct TreeSplit(int Axis, ulong LeftLevels)
{
    /// <summary>Gains below this fraction of the variance are rounding errors.</summary>
    private const double LeastGain = 1e-12;

    /// <summary>The best split of <paramref name="sample"/>; null when no split reduces the variance.</summary>
    /// <param name="masks">The levels of each axis that belong to the node.</param>
    /// <param name="order">The order in which axes are tried: of equally good splits the first wins.</param>
    public static TreeSplit? Best(TrainingRuns runs, ReadOnlySpan<int> sample, ulong[] masks, int smallestLeaf, ReadOnlySpan<int> order)
    {
        double sum = 0;
        double squares = 0;
        foreach (int run in sample)
        {
            sum += runs.Values[run];
            squares += runs.Values[run] * runs.Values[run];
        }

        double unsplit = sum * sum / sample.Length;
        double best = unsplit + (LeastGain * Math.Max(squares, double.Epsilon));
        TreeSplit? split = null;
        foreach (int axis in order)
        {
            if (BestOf(runs, sample, axis, masks[axis], smallestLeaf, sum, ref best) is { } left)
            {
                split = new TreeSplit(axis, left);
            }
        }

        return split;
    }

    /// <summary>The levels of the left child, when that split beats <paramref name="best"/>.</summary>
    private static ulong? BestOf(TrainingRuns runs, ReadOnlySpan<int> sample, int axis, ulong mask, int smallestLeaf, double sum, ref double best)
    {
        Span<int> counts = stackalloc int[LevelAxis.MostLevels];
        Span<double> sums = stackalloc double[LevelAxis.MostLevels];
        counts.Clear();
        sums.Clear();
        LevelAxis levels = runs.Axes[axis];
        foreach (int run in sample)
        {
            int level = levels.Levels[run];
            counts[level]++;
            sums[level] += runs.Values[run];
        }

        int[] seen = Ordered(counts, sums, levels);
        int bestLength = 0;
        int leftCount = 0;
        double leftSum = 0;
        for (int length = 1; length < seen.Length; length++)
        {
            leftCount += counts[seen[length - 1]];
            leftSum += sums[seen[length - 1]];
            int rightCount = sample.Length - leftCount;
            double rightSum = sum - leftSum;
            double score = (leftSum * leftSum / leftCount) + (rightSum * rightSum / rightCount);
            if (leftCount >= smallestLeaf && rightCount >= smallestLeaf && score > best)
            {
                (best, bestLength) = (score, length);
            }
        }

        return bestLength == 0 ? null : LeftOf(seen, bestLength, counts, mask, levels.IsOrdered);
    }

    /// <summary>
    /// The levels that occur, ordered by value, or by mean for unordered axes: some prefix of that order is then the best subset (Fisher, 1958).
    /// </summary>
    private static int[] Ordered(ReadOnlySpan<int> counts, ReadOnlySpan<double> sums, LevelAxis axis)
    {
        var seen = new List<int>();
        for (int level = 0; level < axis.Count; level++)
        {
            if (counts[level] > 0)
            {
                seen.Add(level);
            }
        }

        if (axis.IsOrdered)
        {
            return [.. seen];
        }

        double[] means = new double[axis.Count];
        foreach (int level in seen)
        {
            means[level] = sums[level] / counts[level];
        }

        return [.. seen.OrderBy(level => means[level]).ThenBy(level => level)];
    }

    /// <summary>Levels of the node that do not occur in the sample follow their neighbors, or else the majority of the runs.</summary>
    private static ulong LeftOf(int[] seen, int length, ReadOnlySpan<int> counts, ulong mask, bool isOrdered)
    {
        if (isOrdered)
        {
            int last = (seen[length - 1] + seen[length]) / 2;
            return mask & (ulong.MaxValue >> (LevelAxis.MostLevels - 1 - last));
        }

        ulong left = 0;
        ulong known = 0;
        int balance = 0;
        foreach ((int index, int level) in seen.Index())
        {
            known |= 1UL << level;
            left |= index < length ? 1UL << level : 0;
            balance += index < length ? counts[level] : -counts[level];
        }

        return balance > 0 ? left | (mask & ~known) : left;
    }
}
