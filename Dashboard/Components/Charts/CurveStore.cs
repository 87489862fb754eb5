using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>The curves of a page, from history and the live stream. Not thread-safe.</summary>
public sealed class CurveStore
{
    /// <summary>Far more points than a screen has pixels.</summary>
    private const int MostPoints = 8000;

    private readonly Dictionary<(string Metric, string RunId), Curve> _curves = [];
    private readonly Dictionary<string, (int Attempt, int Epoch)> _ends = [];

    /// <summary>Names of all metrics that have points, sorted.</summary>
    public IReadOnlyList<string> Metrics =>
        [.. _curves.Where(entry => entry.Value.Points.Count > 0).Select(entry => entry.Key.Metric).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The curve of a metric of a run; empty if none is known.</summary>
    public Curve Get(string metric, string runId)
    {
        if (!_curves.TryGetValue((metric, runId), out Curve? curve))
        {
            curve = new Curve();
            _curves.Add((metric, runId), curve);
            if (_ends.TryGetValue(runId, out (int Attempt, int Epoch) end))
            {
                End(metric, curve, end);
            }
        }

        return curve;
    }

    /// <summary>Adds points from the archive.</summary>
    /// <param name="points">In the order of their step.</param>
    public void Add(string metric, string runId, IReadOnlyList<SeriesPoint> points)
    {
        Curve curve = Get(metric, runId);
        curve.AddHistory(points);
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

    /// <summary>Adds live points.</summary>
    public void Add(MetricBatch batch)
    {
        foreach (MetricPoint point in batch.Points)
        {
            Curve curve = Get(point.Name, batch.RunId);
            curve.Add(new SeriesPoint(point.Step, point.Value, point.Time, batch.Attempt));
            curve.Bound(MostPoints);
        }
    }

    /// <summary>
    /// Marks runs as completed: points of earlier attempts beyond the end of the completing one are ignored, as in the archive.
    /// </summary>
    public void Fence(IEnumerable<RunView> runs)
    {
        foreach (RunView run in runs.Where(run => run.Status == RunStatus.Completed && run.Attempt > 1))
        {
            _ends[run.Id] = (run.Attempt, run.Epoch);
            foreach (((string metric, _), Curve curve) in _curves.Where(entry => entry.Key.RunId == run.Id))
            {
                End(metric, curve, _ends[run.Id]);
            }
        }
    }

    /// <summary>A run's view has no iteration count: iterations end with the last attempt's, if it has any.</summary>
    private static void End(string metric, Curve curve, (int Attempt, int Epoch) end)
    {
        long last = MetricNames.IsPerIteration(metric) ? curve.LastStepOf(end.Attempt) : end.Epoch;
        if (last > 0)
        {
            curve.EndAt(end.Attempt, last);
        }
    }
}
