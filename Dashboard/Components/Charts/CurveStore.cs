using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>The curves that a page knows, from history and from the live stream. For one thread at a time.</summary>
public sealed class CurveStore
{
    /// <summary>More points than a screen has pixels, by far.</summary>
    private const int MostPoints = 8000;

    private readonly Dictionary<(string Metric, string RunId), Curve> _curves = [];

    /// <summary>Names of all metrics that have points, sorted.</summary>
    public IReadOnlyList<string> Metrics =>
        [.. _curves.Where(entry => entry.Value.Points.Count > 0).Select(entry => entry.Key.Metric).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The curve of a metric of a run; empty if nothing is known.</summary>
    public Curve Get(string metric, string runId)
    {
        if (!_curves.TryGetValue((metric, runId), out Curve? curve))
        {
            curve = new Curve();
            _curves.Add((metric, runId), curve);
        }

        return curve;
    }

    public void Add(string metric, string runId, IEnumerable<SeriesPoint> points)
    {
        Curve curve = Get(metric, runId);
        curve.Add(points);
        curve.Bound(MostPoints);
    }

    public void Add(RunComparison comparison)
    {
        foreach ((string metric, IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>> runs) in comparison.Series)
        {
            foreach ((string runId, IReadOnlyList<SeriesPoint> points) in runs)
            {
                Add(metric, runId, points);
            }
        }
    }

    public void Add(MetricBatch batch)
    {
        foreach (MetricPoint point in batch.Points)
        {
            Add(point.Name, batch.RunId, [new SeriesPoint(point.Step, point.Value, point.Time)]);
        }
    }
}
