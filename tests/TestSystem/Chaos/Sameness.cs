using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;

namespace Experiments.TestSystem.Chaos;

/// <summary>Compares the results of two runs of the same configuration, bit for bit. Pure.</summary>
internal static class Sameness
{
    public static IEnumerable<string> DifferencesOf(RunRecord run, RunRecord other)
    {
        string[] names = [.. run.Metrics.Keys.Union(other.Metrics.Keys).Where(IsResult)];
        foreach (string name in names)
        {
            if (!run.Metrics.TryGetValue(name, out IReadOnlyList<RecordedPoint>? points)
                || !other.Metrics.TryGetValue(name, out IReadOnlyList<RecordedPoint>? expected)
                || !points.Select(Bits).SequenceEqual(expected.Select(Bits)))
            {
                yield return $"{name} differs from the sweep without faults";
            }
        }

        if (!Results(run.Summary).SequenceEqual(Results(other.Summary)))
        {
            yield return "its summary differs from the sweep without faults";
        }

        foreach (string file in run.Weights.Keys.Union(other.Weights.Keys))
        {
            if (run.Weights.GetValueOrDefault(file) is not { } hash || hash != other.Weights.GetValueOrDefault(file))
            {
                yield return $"{file} differs from the sweep without faults";
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, MetricSummary>> Results(IReadOnlyDictionary<string, MetricSummary> summary) =>
        summary.Where(metric => IsResult(metric.Key)).OrderBy(metric => metric.Key, StringComparer.Ordinal);

    private static (long Step, long Bits) Bits(RecordedPoint point) => (point.Step, BitConverter.DoubleToInt64Bits(point.Value));

    /// <summary>True for metrics that must not depend on the speed of the machine, nor on where an attempt was cut off.</summary>
    private static bool IsResult(string name) => !MetricNames.IsPerIteration(name) && !name.StartsWith("system/", StringComparison.Ordinal);
}
