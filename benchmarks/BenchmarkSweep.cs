namespace Experiments.Benchmarks;

/// <summary>A sweep of as many runs as asked for.</summary>
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
