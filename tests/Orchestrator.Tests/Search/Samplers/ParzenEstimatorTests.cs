using Experiments.Orchestrator.Search.Samplers;
using Experiments.Orchestrator.Search.Spaces;
using Experiments.Orchestrator.Tests.Search.Spaces;

namespace Experiments.Orchestrator.Tests.Search.Samplers;

public sealed class ParzenEstimatorTests
{
    private static readonly SearchSpace Mixed = new(
    [
        new ChoiceDimension("choice", 3),
        new IntegerDimension("integer", 0, 4),
        new IntegerDimension("log", 1, 9, IsLog: true) { Condition = new("choice", [1, 2]) },
    ]);

    /// <summary>All points of a finite space, each with the share of the unit cube that maps to it.</summary>
    [Fact]
    public void LogDensity_AllPointsOfAFiniteSpace_AddUpToOne()
    {
        var estimator = new ParzenEstimator(Mixed, Drawn(Mixed, 7));
        double sum = 0;
        foreach ((Point point, double share) in Points())
        {
            sum += Math.Exp(estimator.LogDensity(point)) * share;
        }

        Assert.Equal(1, sum, 1e-9);
    }

    [Fact]
    public void LogDensity_Continuum_IntegratesToOne()
    {
        var space = new SearchSpace([new RealDimension("log", 1e-4, 1, IsLog: true)]);
        var estimator = new ParzenEstimator(space, Drawn(space, 5));
        const int Steps = 10_000;
        double sum = Enumerable.Range(0, Steps).Sum(step => Math.Exp(estimator.LogDensity(space.FromUnit([(step + 0.5) / Steps]))) / Steps);

        Assert.Equal(1, sum, 1e-6);
    }

    [Fact]
    public void Draw_ManyDraws_AreAsFrequentAsTheDensitySays()
    {
        const int Draws = 40_000;
        var estimator = new ParzenEstimator(Mixed, Drawn(Mixed, 4));
        ILookup<Point, Point> drawn = Enumerable.Range(0, Draws).Select(draw => estimator.Draw(new DrawStream(5, 1, draw))).ToLookup(point => point);

        foreach ((Point point, double share) in Points())
        {
            double expected = Draws * Math.Exp(estimator.LogDensity(point)) * share;
            Assert.InRange(drawn[point].Count(), expected - 10 - (5 * Math.Sqrt(expected)), expected + 10 + (5 * Math.Sqrt(expected)));
        }
    }

    [Fact]
    public void LogDensity_NoTrials_IsUniform()
    {
        SearchSpace space = SampleSpaces.Conditional;
        var estimator = new ParzenEstimator(space, []);

        Assert.All(Drawn(space, 20), point => Assert.Equal(0, estimator.LogDensity(point), 1e-12));
    }

    private static Point[] Drawn(SearchSpace space, int count) => [.. Enumerable.Range(0, count).Select(index => RandomSampler.Instance.Propose(space, 3, index, []))];

    private static IEnumerable<(Point Point, double Share)> Points() =>
        from choice in Enumerable.Range(0, 3)
        from integer in Enumerable.Range(0, 5)
        from log in choice == 0 ? [double.NaN] : Enumerable.Range(1, 9).Select(value => (double)value)
        select (new Point([choice, integer, log]), double.IsNaN(log) ? 1.0 / 15 : Mixed.Dimensions[2].ToUnit(log).Width / 15);
}
