namespace Experiments.Contracts.Metrics;

/// <summary>One value of one metric.</summary>
/// <param name="Sequence">The number of the point within its attempt, from 1; (run, attempt, sequence) identifies a point.</param>
/// <param name="Name">See <see cref="MetricNames"/>.</param>
/// <param name="Step">The number of finished epochs, or of finished iterations for <c>batch/…</c>.</param>
/// <param name="Value">Always finite.</param>
/// <param name="Time">When the worker measured it (UTC).</param>
public sealed record MetricPoint(long Sequence, string Name, long Step, double Value, DateTimeOffset Time);

/// <summary>Points of one attempt in the order of their sequence: the unit in which metrics are sent.</summary>
public sealed record MetricBatch(string SweepId, string RunId, int Attempt, IReadOnlyList<MetricPoint> Points);
