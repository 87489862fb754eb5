using System.Diagnostics;
using System.Text.Json;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;

namespace Experiments.Benchmarks;

/// <summary>Reads and expands a sweep of many cells. Target: 100,000 in less than 1 s and 300 MB.</summary>
internal static class ExpandBenchmark
{
    public static void Run(int cells)
    {
        using var json = JsonDocument.Parse(BenchmarkSweep.Of(cells));
        long before = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        if (!SweepSpecReader.TryRead(json.RootElement, out SweepSpec? spec, out IReadOnlyDictionary<string, string[]> errors))
        {
            throw new InvalidOperationException($"the benchmark's sweep is refused: {string.Join(", ", errors.Keys)}");
        }

        GridExpansionResult result = GridExpansion.Expand(spec);
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        double allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / 1e6;
        Console.WriteLine($"expand: {result.Cells.Count:N0} cells in {took.TotalSeconds:F2} s, {allocated:F0} MB allocated");
    }
}
