using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Benchmarks.Search;

/// <summary>A function to minimize, with a known minimum.</summary>
internal sealed record AnalyticFunction(string Name, SearchSpace Space, Func<double[], double> Value, double Minimum)
{
    private static readonly double[] HartmannWeights = [1, 1.2, 3, 3.2];

    private static readonly double[][] HartmannScales =
    [
        [10, 3, 17, 3.5, 1.7, 8],
        [0.05, 10, 17, 0.1, 8, 14],
        [3, 3.5, 1.7, 10, 17, 8],
        [17, 8, 0.05, 10, 0.1, 14],
    ];

    private static readonly double[][] HartmannCenters =
    [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ];

    /// <summary>Branin on [-5, 10] × [0, 15], Hartmann with 6 dimensions on the unit cube and Rosenbrock with 5 on [-5, 10]; all as in Surjanovic and Bingham's library.</summary>
    public static IReadOnlyList<AnalyticFunction> All { get; } =
    [
        new("branin", new SearchSpace([new RealDimension("x0", -5, 10), new RealDimension("x1", 0, 15)]), Branin, 0.39788735772973816),
        new("hartmann6", Cube(6, 0, 1), Hartmann, -3.32236801141551),
        new("rosenbrock5", Cube(5, -5, 10), Rosenbrock, 0),
    ];

    private static SearchSpace Cube(int dimensions, double min, double max) =>
        new([.. Enumerable.Range(0, dimensions).Select(index => new RealDimension($"x{index}", min, max))]);

    private static double Branin(double[] x)
    {
        double valley = x[1] - (5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0]) + (5 / Math.PI * x[0]) - 6;
        return (valley * valley) + (10 * (1 - (1 / (8 * Math.PI))) * Math.Cos(x[0])) + 10;
    }

    private static double Hartmann(double[] x) =>
        -Enumerable.Range(0, 4).Sum(i => HartmannWeights[i] * Math.Exp(-x.Index().Sum(d => HartmannScales[i][d.Index] * Math.Pow(d.Item - HartmannCenters[i][d.Index], 2))));

    private static double Rosenbrock(double[] x) =>
        x.Zip(x.Skip(1)).Sum(pair => (100 * Math.Pow(pair.Second - (pair.First * pair.First), 2)) + Math.Pow(1 - pair.First, 2));
}
