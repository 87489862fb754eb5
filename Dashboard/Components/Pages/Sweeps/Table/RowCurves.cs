using System.Collections.Concurrent;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Live;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>
/// The trend of one metric of the visible runs: history is read for all of them in one request, live points are appended. Points of other runs
/// are dropped.
/// </summary>
public sealed class RowCurves : IAsyncDisposable
{
    /// <summary>A sparkline is about a hundred pixels wide.</summary>
    public const int PointsPerCurve = 48;

    private static readonly TimeSpan RedrawInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<MetricBatch> _inbox = new();
    private readonly Dictionary<string, (int Epoch, Curve Curve)> _curves = [];
    private readonly string _metric;
    private readonly Throttler _redraws;
    private readonly IDisposable _subscription;
    private volatile HashSet<string> _shown = [];

    /// <param name="redraw">Switches to the page's thread and renders.</param>
    public RowCurves(LiveMetrics live, TimeProvider clock, ILogger logger, string sweepId, string metric, Func<Task> redraw)
    {
        (SweepId, _metric) = (sweepId, metric);
        _redraws = new Throttler(clock, RedrawInterval, _ => redraw(), logger);
        _subscription = live.Subscribe(
            batch => batch.SweepId == sweepId && _shown.Contains(batch.RunId),
            batch =>
            {
                _inbox.Enqueue(batch);
                _redraws.Request();
            });
    }

    public string SweepId { get; }

    public string Metric => _metric;

    /// <summary>Sets the visible runs.</summary>
    /// <returns>The runs whose history must be read.</returns>
    public IReadOnlyList<string> Show(IReadOnlyList<RunView> runs)
    {
        _shown = runs.Select(run => run.Id).ToHashSet();
        foreach (string gone in _curves.Keys.Except(_shown).ToList())
        {
            _curves.Remove(gone);
        }

        TakeInbox();
        foreach (RunView run in runs)
        {
            End(run);
        }

        return [.. runs.Where(run => run.Epoch > 0 && !Reaches(run)).Select(run => run.Id)];
    }

    /// <summary>Adds history.</summary>
    public void Add(IReadOnlyList<RunView> runs, IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>> history)
    {
        foreach (RunView run in runs)
        {
            Curve curve = _curves.GetValueOrDefault(run.Id).Curve ?? new Curve();
            curve.AddHistory(history.GetValueOrDefault(run.Id, []));
            _curves[run.Id] = (run.Epoch, curve);
            End(run);
        }
    }

    public IReadOnlyList<SeriesPoint> Of(string runId) => _curves.GetValueOrDefault(runId).Curve?.Points ?? [];

    /// <summary>The scale of all trends shown so far, so that scrolling does not change it.</summary>
    public CurveScale? Widen(CurveScale? scale) => CurveScale.Of(_curves.Values.Select(known => known.Curve)) is { } now ? now.With(scale) : scale;

    /// <summary>Moves the batches that arrived since the last call into the curves.</summary>
    public void TakeInbox()
    {
        while (_inbox.TryDequeue(out MetricBatch? batch))
        {
            if (!_shown.Contains(batch.RunId))
            {
                continue;
            }

            (int epoch, Curve curve) = _curves.TryGetValue(batch.RunId, out (int, Curve) known) ? known : (0, new Curve());
            curve.Add(batch.Points.Where(point => point.Name == _metric).Select(point => new SeriesPoint(point.Step, point.Value, point.Time, batch.Attempt)));
            curve.Bound(4 * PointsPerCurve);
            _curves[batch.RunId] = (epoch, curve);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        await _redraws.DisposeAsync();
    }

    // Like CurveStore.Fence; an objective has a point per epoch.
    private void End(RunView run)
    {
        if (run is { Status: RunStatus.Completed, Attempt: > 1 } && _curves.TryGetValue(run.Id, out (int Epoch, Curve Curve) known))
        {
            known.Curve.EndAt(run.Attempt, run.Epoch);
        }
    }

    // The last step read, or a later live one of its attempt.
    private bool Reaches(RunView run) => _curves.TryGetValue(run.Id, out (int Epoch, Curve Curve) known)
        && (known.Epoch >= run.Epoch || (known.Epoch > 0 && known.Curve.LastStepOf(run.Attempt) >= run.Epoch));
}
