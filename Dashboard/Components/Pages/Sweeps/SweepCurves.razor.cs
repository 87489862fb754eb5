using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Formatting;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <summary>One metric of all runs of a sweep, moving while they train.</summary>
public sealed partial class SweepCurves : ComponentBase, IAsyncDisposable
{
    /// <summary>More curves than anybody can tell apart; a larger sweep shows its best runs.</summary>
    public const int MostCurves = 200;

    private const int PointsPerCurve = 1000;
    private readonly CurveGaps _gaps = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly CancellationToken _closed;
    private LiveCurves? _live;
    private string? _liveSweep;
    private bool _hasTimes;
    private IReadOnlyList<ChartLine> _lines = [];
    private IReadOnlyList<(RunView Run, string Details)> _told = [];
    private (IReadOnlyList<RunView> Runs, string Axes)? _toldOf;

    /// <summary>The metric whose curves have been read; of others nobody knows yet whether there are points.</summary>
    private string? _read;

    public SweepCurves() => _closed = _closing.Token;

    [Parameter, EditorRequired]
    public required string SweepId { get; set; }

    /// <summary>The runs whose curves are shown.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<RunView> Runs { get; set; }

    /// <summary>How many runs the sweep has in all.</summary>
    [Parameter]
    public int Total { get; set; }

    /// <summary>Hyperparameters that set runs apart, told when a curve is pointed at.</summary>
    [Parameter]
    public IReadOnlyList<string> Axes { get; set; } = [];

    /// <summary>Ids of runs to bring to the front; none for all.</summary>
    [Parameter]
    public IReadOnlySet<string> Selected { get; set; } = new HashSet<string>();

    [Parameter, EditorRequired]
    public required string Metric { get; set; }

    [Parameter]
    public EventCallback<string> MetricChanged { get; set; }

    /// <summary>Smoothing and what is along the x axis.</summary>
    [Parameter]
    public CurveView View { get; set; } = CurveView.Plain;

    [Parameter]
    public EventCallback<CurveView> ViewChanged { get; set; }

    [Parameter]
    public bool LogScale { get; set; }

    [Parameter]
    public EventCallback<bool> LogScaleChanged { get; set; }

    private string EmptyText => _read != Metric ? "Reading the curves …"
        : Runs.Any(run => run.Epoch > 0) && !Runs.Any(run => run.Summary.ContainsKey(Metric)) ? $"None of these runs has \"{Metric}\": the list above has what there is"
        : $"No {Metric} yet: points appear as soon as a run has finished an epoch";

    [Inject]
    private OrchestratorClient Orchestrator { get; set; } = default!;

    [Inject]
    private LiveMetrics Metrics { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private ILogger<SweepCurves> Logger { get; set; } = default!;

    private string Note => Total > Runs.Count
        ? $"the best {Numbers.Count(Runs.Count)} of {Numbers.Count(Total)} runs"
        : Selected.Count > 0 ? $"{Selected.Count} of {Numbers.Count(Total)} runs in front" : "";

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        if (_live is not null)
        {
            await _live.DisposeAsync();
        }

        _closing.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        await FollowAsync();
        TellRuns();
        BuildLines();
        (LiveCurves live, string metric) = (_live!, Metric);
        await FillGapsAsync(live);
        _read = live == _live && Runs.Count > 0 ? metric : _read;
        BuildLines();
    }

    /// <summary>
    /// Subscribes before history is read, so that no point falls between the two. Points that were read without their times cannot be laid out by time,
    /// and are read again.
    /// </summary>
    private async Task FollowAsync()
    {
        bool withTimes = View.X == CurveX.Time;
        if (_liveSweep == SweepId && (_hasTimes || !withTimes))
        {
            return;
        }

        LiveCurves? before = _live;
        (_liveSweep, _hasTimes, _read) = (SweepId, withTimes, null);
        _gaps.Reset();
        string sweepId = SweepId;
        _live = new LiveCurves(Metrics, Clock, Logger, batch => batch.SweepId == sweepId, () => InvokeAsync(ShowNewPoints));
        if (before is not null)
        {
            await before.DisposeAsync();
        }
    }

    private void ShowNewPoints()
    {
        BuildLines();
        StateHasChanged();
    }

    /// <param name="live">What was read belongs to it alone, whatever is followed by then.</param>
    private async Task FillGapsAsync(LiveCurves live)
    {
        live.Store.Fence(Runs);
        IReadOnlyList<string> missing = _gaps.TakeMissing(Metric, Runs, live.Store);
        if (missing.Count == 0)
        {
            return;
        }

        try
        {
            string metric = Metric;
            foreach ((string run, IReadOnlyList<SeriesPoint> points) in
                await Orchestrator.GetCurvesAsync(SweepId, missing, metric, PointsPerCurve, _hasTimes, _closed))
            {
                live.Store.Add(metric, run, points);
            }
        }
        catch (OrchestratorException)
        {
            // The page tells that the Orchestrator is away; the gap is filled when it is back.
            _gaps.Reset();
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private void BuildLines()
    {
        _live!.TakeInbox();
        IEnumerable<ChartLine> lines = _told.Select(told => new ChartLine(
            told.Run.Id,
            RunText.Number(told.Run),
            RunPalette.Of(told.Run.Cell),
            _live.Store.Get(Metric, told.Run.Id),
            Faded: Selected.Count > 0 && !Selected.Contains(told.Run.Id),
            Start: View.X == CurveX.Time ? told.Run.StartedAt : null,
            told.Details));
        _lines = [.. lines.OrderByDescending(line => line.Faded)];
    }

    /// <summary>Once for each reading of the runs: live points come ten times a second.</summary>
    private void TellRuns()
    {
        string axes = string.Join(',', Axes);
        if (_toldOf is { } last && ReferenceEquals(last.Runs, Runs) && last.Axes == axes)
        {
            return;
        }

        _toldOf = (Runs, axes);
        _told = [.. Runs.Select(run => (run, HoverDetails.Of(run, Axes)))];
    }
}
