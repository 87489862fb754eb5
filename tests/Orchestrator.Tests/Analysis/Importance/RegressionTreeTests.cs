using System.Numerics;
using Experiments.Orchestrator.Analysis.Importance;

namespace Experiments.Orchestrator.Tests.Analysis.Importance;

public sealed class RegressionTreeTests
{
    [Fact]
    public void Grow_AnyRuns_DividesTheWholeSpaceIntoLeaves()
    {
        var random = new Random(1);
        TrainingRuns runs = Random(random, 80);

        RegressionTree tree = Grow(runs, 1);

        double volume = tree.Leaves.Sum(leaf => leaf.Levels.Zip(runs.Axes, (levels, axis) => BitOperations.PopCount(levels) / (double)axis.Count).Aggregate((a, b) => a * b));
        Assert.Equal(1, volume, tolerance: 1e-9);
    }

    [Fact]
    public void Predict_RunsItHasLearned_KnowsThemAll()
    {
        TrainingRuns runs = Random(new Random(2), 60);
        var means = Enumerable.Range(0, runs.Count).GroupBy(run => Cell(runs, run)).ToDictionary(cell => cell.Key, cell => cell.Average(run => runs.Values[run]));

        RegressionTree tree = Grow(runs, 1);

        Assert.All(Enumerable.Range(0, runs.Count), run => Assert.Equal(means[Cell(runs, run)], tree.Predict(runs, run), 9));
    }

    [Fact]
    public void Predict_LevelThatDoesNotOccurBetweenTwoThatDo_GoesWithTheNearer()
    {
        // Levels 0 and 4 are known, 1 to 3 are not.
        var axis = new LevelAxis("x", true, 5, [0, 0, 4, 4, 1, 3]);
        var runs = new TrainingRuns([axis], [1, 1, 9, 9, 0, 0]);

        var tree = RegressionTree.Grow(runs, [0, 1, 2, 3], 1, new Random(1));

        Assert.Equal([1, 9], new[] { 4, 5 }.Select(run => tree.Predict(runs, run)));
    }

    [Fact]
    public void Grow_SmallestLeaf_IsKept()
    {
        TrainingRuns runs = Random(new Random(3), 100);

        RegressionTree tree = Grow(runs, 20);

        Assert.InRange(tree.Leaves.Count, 2, 5);
    }

    private static RegressionTree Grow(TrainingRuns runs, int smallestLeaf) =>
        RegressionTree.Grow(runs, [.. Enumerable.Range(0, runs.Count)], smallestLeaf, new Random(7));

    private static string Cell(TrainingRuns runs, int run) => string.Join(' ', runs.Axes.Select(axis => axis.Levels[run]));

    private static TrainingRuns Random(Random random, int count)
    {
        int[] Levels(int levels) => [.. Enumerable.Range(0, count).Select(_ => random.Next(levels))];
        return new TrainingRuns(
            [new LevelAxis("ordered", true, 7, Levels(7)), new LevelAxis("named", false, 5, Levels(5)), new LevelAxis("full", true, 64, Levels(64))],
            [.. Enumerable.Range(0, count).Select(_ => random.NextDouble())]);
    }
}
