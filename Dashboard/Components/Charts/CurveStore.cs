using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>The curves that a page knows, from history and from the live stream. For one thread at a time.</summary>
public sealed class CurveStore
{
    /// <summary>More points than a screen has pixels, by far.</summary>
    private const int MostPoints = 8000;

    private readonly Dictionary<(string Metric, string RunId), Curve> _curves = [];
    private readonly Dictionary<string, (int Attempt, int Epoch)> _ends = [];

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
            if (_ends.TryGetValue(runId, out (int Attempt, int Epoch) end))
            {
                End(metric, curve, end);
            }
        }

        return curve;
    }

    /// <summary>Takes in what the archive has.</summary>
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

    /// <summary>Takes in what came live.</summary>
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
    /// Takes note of runs that have completed: what attempts before the one that completed a run measured beyond its end does not count, as in the archive.
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

    /// <summary>Iterations are not counted in views of runs: they end where the last attempt's do, if it is known to have any.</summary>
    private static void End(string metric, Curve curve, (int Attempt, int Epoch) end)
    {
        long last = MetricNames.IsPerIteration(metric) ? curve.LastStepOf(end.Attempt) : end.Epoch;
        if (last > 0)
        {
            curve.EndAt(end.Attempt, last);
        }
    }
}
