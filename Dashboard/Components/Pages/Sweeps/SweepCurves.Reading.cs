using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <content>Curves of runs: history from the Orchestrator, everything after it from the live stream.</content>
public sealed partial class SweepCurves
{
    private const int PointsPerCurve = 1000;
    private readonly CurveGaps _gaps = new();

    /// <summary>The metrics whose curves have been read; whether others have points is unknown.</summary>
    private readonly HashSet<string> _read = [];

    /// <summary>The metrics that are being read now: they are neither missing nor known.</summary>
    private readonly HashSet<string> _reading = [];
    private LiveCurves? _live;
    private string? _liveSweep;
    private bool _hasTimes;

    /// <summary>
    /// Subscribes before reading history, so that no point is missed in between. Points read without times cannot be drawn by time
    /// and are read again.
    /// </summary>
    private async Task FollowAsync()
    {
        bool withTimes = View.X == CurveX.Time;
        if (_liveSweep == Sweep.Id && (_hasTimes || !withTimes))
        {
            return;
        }

        LiveCurves? before = _live;
        (_liveSweep, _hasTimes) = (Sweep.Id, withTimes);
        _read.Clear();
        ReadAgain();
        string sweepId = Sweep.Id;
        _live = new LiveCurves(Metrics, Clock, Loggers.CreateLogger<SweepCurves>(), LiveCurves.ManyRuns, batch => batch.SweepId == sweepId, () => InvokeAsync(ShowNewPoints));
        if (before is not null)
        {
            await before.DisposeAsync();
        }
    }

    /// <param name="live">The curves that the result belongs to, even if the page shows others by then.</param>
    private async Task FillGapsAsync(LiveCurves live)
    {
        live.Store.Fence(Runs);
        await RequestAsync(_ => ReadAgain(), async () =>
        {
            foreach (string metric in Panels.Metrics)
            {
                IReadOnlyList<string> missing = _gaps.TakeMissing(metric, Runs, live.Store);
                if (missing.Count > 0)
                {
                    _reading.Add(metric);
                    foreach ((string run, IReadOnlyList<SeriesPoint> points) in
                        await Orchestrator.GetCurvesAsync(Sweep.Id, missing, metric, PointsPerCurve, _hasTimes, Closing))
                    {
                        live.Store.Add(metric, run, points);
                    }

                    _reading.Remove(metric);
                    ShowBeforeOthers(metric);
                }

                if (live == _live && Runs.Count > 0 && !_reading.Contains(metric))
                {
                    _read.Add(metric);
                }
            }
        });
    }

    /// <summary>The page reports that the Orchestrator is unreachable; the gap is filled afterwards.</summary>
    private void ReadAgain()
    {
        _reading.Clear();
        _gaps.Reset();
    }
}
