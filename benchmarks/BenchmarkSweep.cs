namespace Experiments.Benchmarks;

/// <summary>A sweep with a given number of runs.</summary>
internal static class BenchmarkSweep
{
    public static string Of(int cells) =>
        $$"""
        {
          "name": "benchmark", "dataset": "digits", "base": { "epochs": 1 }, "maxRuns": {{cells}},
          "grid": { "seed": [{{string.Join(", ", Enumerable.Range(1, cells))}}] }
        }
        """;
}
