using Experiments.Orchestrator.Search.Samplers;
using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Orchestrator.Tests.Search.Samplers;

public sealed class QuasirandomSamplerTests
{
    [Theory]
    [InlineData(2, 8)]
    [InlineData(2, 100)]
    [InlineData(5, 64)]
    [InlineData(10, 100)]
    public void Propose_MedianSeed_HasLowerDiscrepancyThanRandom(int dimensions, int points)
    {
        double quasirandom = MedianDiscrepancy(QuasirandomSampler.Instance, dimensions, points);
        double random = MedianDiscrepancy(RandomSampler.Instance, dimensions, points);

        Assert.True(quasirandom < 0.7 * random, $"{quasirandom} against {random}");
    }

    [Fact]
    public void Propose_MoreDimensionsThanDirectionNumbers_AreAllDifferent()
    {
        int dimensions = SobolSequence.Dimensions + 5;
        Point point = QuasirandomSampler.Instance.Propose(Cube(dimensions), 1, 3, []);

        Assert.Equal(dimensions, point.Values.Distinct().Count());
    }

    private static double MedianDiscrepancy(ISampler sampler, int dimensions, int points)
    {
        SearchSpace cube = Cube(dimensions);
        return Enumerable.Range(0, 21)
            .Select(seed => CenteredDiscrepancy([.. Enumerable.Range(0, points).Select(index => sampler.Propose(cube, (ulong)seed, index, []))], dimensions))
            .Order()
            .ElementAt(10);
    }

    private static SearchSpace Cube(int dimensions) => new([.. Enumerable.Range(0, dimensions).Select(index => new RealDimension($"x{index}", 0, 1))]);

    /// <summary>The centered discrepancy of Hickernell, "A generalized discrepancy and quadrature error bound" (1998), squared.</summary>
    private static double CenteredDiscrepancy(Point[] points, int dimensions)
    {
        double single = points.Sum(x => Product(dimensions, d => 1 + (0.5 * Off(x[d])) - (0.5 * Off(x[d]) * Off(x[d]))));
        double pairs = points.Sum(x => points.Sum(y => Product(dimensions, d => 1 + (0.5 * Off(x[d])) + (0.5 * Off(y[d])) - (0.5 * Math.Abs(x[d] - y[d])))));
        return Math.Pow(13.0 / 12, dimensions) - (2.0 / points.Length * single) + (pairs / points.Length / points.Length);
    }

    private static double Off(double value) => Math.Abs(value - 0.5);

    private static double Product(int count, Func<int, double> factor) => Enumerable.Range(0, count).Aggregate(1.0, (product, d) => product * factor(d));
}
