using Experiments.Contracts.Metrics;

namespace Experiments.TestSystem.Chaos;

/// <summary>Checks that each epoch of a run has each metric exactly once. Pure.</summary>
internal static class EpochProof
{
    public static IEnumerable<Wrong> Of(RunRecord run)
    {
        if (MetricNames.Objectives.Append(MetricNames.LearningRate).Except(run.Metrics.Keys).ToArray() is { Length: > 0 } missing)
        {
            yield return new Wrong(WrongKind.Lost, $"has no {string.Join(", ", missing)}");
        }

        foreach ((string name, IReadOnlyList<RecordedPoint> points) in run.Metrics.Where(metric => IsPerEpoch(metric.Key)))
        {
            long[] epochs = [.. points.Select(point => point.Step)];
            if (epochs.Distinct().Count() < epochs.Length)
            {
                yield return new Wrong(WrongKind.Duplicated, $"{name} has epochs {string.Join(' ', epochs)}");
            }
            else if (!epochs.SequenceEqual(Enumerable.Range(1, run.Epochs).Select(epoch => (long)epoch)))
            {
                yield return new Wrong(WrongKind.Lost, $"{name} has epochs {string.Join(' ', epochs)} of {run.Epochs}");
            }
        }
    }

    /// <summary>True for metrics with a point for every epoch.</summary>
    private static bool IsPerEpoch(string name) => !MetricNames.IsPerIteration(name) && !name.StartsWith("test/", StringComparison.Ordinal);
}
