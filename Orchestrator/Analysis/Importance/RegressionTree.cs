namespace Experiments.Orchestrator.Analysis.Importance;

/// <summary>A regression tree over levels. Pure: the same runs and the same random numbers give the same tree.</summary>
internal sealed class RegressionTree
{
    private readonly List<TreeNode> _nodes = [];
    private readonly List<Leaf> _leaves = [];

    private RegressionTree()
    {
    }

    /// <summary>The boxes into which it partitions the space.</summary>
    public IReadOnlyList<Leaf> Leaves => _leaves;

    /// <param name="sample">Indices of the runs to learn from, with repetitions. It is reordered.</param>
    /// <param name="smallestLeaf">The minimum number of runs in a leaf.</param>
    public static RegressionTree Grow(TrainingRuns runs, int[] sample, int smallestLeaf, Random random)
    {
        var tree = new RegressionTree();
        tree.Grow(runs, sample, [.. runs.Axes.Select(axis => axis.All)], smallestLeaf, random);
        return tree;
    }

    public double Predict(TrainingRuns runs, int run)
    {
        TreeNode node = _nodes[0];
        while (!node.IsLeaf)
        {
            bool isLeft = (node.LeftLevels >> runs.Axes[node.Axis].Levels[run] & 1) != 0;
            node = _nodes[isLeft ? node.Left : node.Right];
        }

        return node.Value;
    }

    /// <returns>The index of the new node.</returns>
    private int Grow(TrainingRuns runs, Span<int> sample, ulong[] masks, int smallestLeaf, Random random)
    {
        int place = _nodes.Count;
        _nodes.Add(default);
        int[] order = [.. Enumerable.Range(0, runs.Axes.Length)];
        random.Shuffle(order);
        if (sample.Length < 2 * smallestLeaf || TreeSplit.Best(runs, sample, masks, smallestLeaf, order) is not { } split)
        {
            _nodes[place] = new TreeNode(-1, 0, 0, 0, Mean(runs, sample));
            _leaves.Add(new Leaf(masks, _nodes[place].Value));
            return place;
        }

        int boundary = Partition(runs.Axes[split.Axis], sample, split.LeftLevels);
        ulong[] leftMasks = [.. masks];
        ulong[] rightMasks = [.. masks];
        leftMasks[split.Axis] &= split.LeftLevels;
        rightMasks[split.Axis] &= ~split.LeftLevels;
        int left = Grow(runs, sample[..boundary], leftMasks, smallestLeaf, random);
        int right = Grow(runs, sample[boundary..], rightMasks, smallestLeaf, random);
        _nodes[place] = new TreeNode(split.Axis, split.LeftLevels, left, right, 0);
        return place;
    }

    private static double Mean(TrainingRuns runs, ReadOnlySpan<int> sample)
    {
        double sum = 0;
        foreach (int run in sample)
        {
            sum += runs.Values[run];
        }

        return sum / sample.Length;
    }

    /// <summary>Moves the runs of the left child to the front.</summary>
    private static int Partition(LevelAxis axis, Span<int> sample, ulong leftLevels)
    {
        int boundary = 0;
        for (int i = 0; i < sample.Length; i++)
        {
            if ((leftLevels >> axis.Levels[sample[i]] & 1) != 0)
            {
                (sample[boundary], sample[i]) = (sample[i], sample[boundary]);
                boundary++;
            }
        }

        return boundary;
    }
}
