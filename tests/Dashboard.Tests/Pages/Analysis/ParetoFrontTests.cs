using Experiments.Dashboard.Components.Pages.Analysis;

namespace Experiments.Dashboard.Tests.Pages.Analysis;

public sealed class ParetoFrontTests
{
    [Fact]
    public void Of_TwoObjectives_AreThoseThatNoOtherBeats()
    {
        double[][] costs = [[3, 1], [1, 3], [2, 2], [2, 3], [3, 3], [2, 2]];

        // Equal runs do not beat each other.
        Assert.Equal([1, 2, 5, 0], ParetoFront.Of(costs));
    }

    [Fact]
    public void Of_RandomRuns_IsWhatTheDefinitionSays()
    {
        var random = new Random(7);
        double[][] costs = [.. Enumerable.Range(0, 400).Select(_ => (double[])[random.Next(12), random.Next(12), random.Next(12)])];

        IEnumerable<int> expected = Enumerable.Range(0, costs.Length).Where(run => !costs.Any(other => Beats(other, costs[run])));

        Assert.Equal(expected, ParetoFront.Of(costs).Order());
    }

    [Fact]
    public void Of_NoRuns_IsEmpty() => Assert.Empty(ParetoFront.Of([]));

    private static bool Beats(double[] one, double[] other) =>
        one.Zip(other).All(pair => pair.First <= pair.Second) && one.Zip(other).Any(pair => pair.First < pair.Second);
}
