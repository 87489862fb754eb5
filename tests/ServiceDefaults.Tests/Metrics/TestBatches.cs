using Experiments.Contracts.Metrics;

namespace Experiments.ServiceDefaults.Tests.Metrics;

/// <summary>Distinguishable batches.</summary>
internal static class TestBatches
{
    public static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);

    /// <summary>A batch of one point whose sequence is <paramref name="number"/>.</summary>
    public static MetricBatch Numbered(long number, string run = "run-1") =>
        new("sweep-1", run, 1, [new MetricPoint(number, MetricNames.BatchLoss, number, 1.0 / number, Time.AddSeconds(number))]);

    public static MetricBatch[] Numbered(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(number => Numbered(number))];

    public static long NumberOf(MetricBatch batch) => batch.Points[0].Sequence;

    /// <summary>Records compare lists by reference; this compares their elements.</summary>
    public static void AssertEqual(MetricBatch expected, MetricBatch actual)
    {
        Assert.Equal((expected.SweepId, expected.RunId, expected.Attempt), (actual.SweepId, actual.RunId, actual.Attempt));
        Assert.Equal(expected.Points, actual.Points);
    }
}
