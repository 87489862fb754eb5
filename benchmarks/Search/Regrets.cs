using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Benchmarks.Search;

/// <summary>Prints the median simple regret of samplers after 30 and 100 runs.</summary>
internal static class Regrets
{
    private const int Few = 30;
    private const int Many = 100;

    private static readonly int[] Workers = [1, 8, 64];

    /// <param name="evaluate">Larger is better.</param>
    /// <param name="best">The largest value.</param>
    public static void Print(string name, SearchSpace space, Func<Point, double> evaluate, double best, IReadOnlyList<Contender> contenders, int seeds)
    {
        Console.WriteLine($"{name}: median regret of {seeds} seeds after {Few} and {Many} runs with {string.Join(", ", Workers)} workers");
        foreach (Contender contender in contenders)
        {
            IEnumerable<string> cells = Workers.Select(workers =>
            {
                double[][] found = [.. Enumerable.Range(0, seeds).Select(seed => SimulatedSearch.Best(contender.Start(space, seed), evaluate, workers, Many, seed))];
                return $"{Median(found.Select(values => best - values[Few - 1])),10:G4} {Median(found.Select(values => best - values[Many - 1])),10:G4}";
            });
            Console.WriteLine($"  {contender.Name,-20} {string.Join(" |", cells)}");
        }
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
    }
}
