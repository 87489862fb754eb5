namespace Experiments.Contracts.Metrics;

/// <summary>One value of one metric.</summary>
/// <param name="Sequence">Counts the points of an attempt from 1; (run, attempt, sequence) names a point for good.</param>
/// <param name="Name">See <see cref="MetricNames"/>.</param>
/// <param name="Step">The number of finished epochs, or of finished iterations for <c>batch/…</c>.</param>
/// <param name="Value">Always finite.</param>
/// <param name="Time">When the worker measured it (UTC).</param>
public sealed record MetricPoint(long Sequence, string Name, long Step, double Value, DateTimeOffset Time);

/// <summary>Points of one attempt in the order of their sequence: the unit in which metrics travel.</summary>
public sealed record MetricBatch(string SweepId, string RunId, int Attempt, IReadOnlyList<MetricPoint> Points);
