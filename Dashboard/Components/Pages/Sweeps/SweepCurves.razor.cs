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
    private IReadOnlyList<ChartLine> _lines = [];

    public SweepCurves() => _closed = _closing.Token;

    [Parameter, EditorRequired]
    public required string SweepId { get; set; }

    /// <summary>The runs whose curves are shown.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<RunView> Runs { get; set; }

    /// <summary>How many runs the sweep has in all.</summary>
    [Parameter]
    public int Total { get; set; }

    /// <summary>Hyperparameters that set runs apart, for their labels.</summary>
    [Parameter]
    public IReadOnlyList<string> Axes { get; set; } = [];

    /// <summary>Ids of runs to bring to the front; none for all.</summary>
    [Parameter]
    public IReadOnlySet<string> Selected { get; set; } = new HashSet<string>();

    [Parameter, EditorRequired]
    public required string Metric { get; set; }

    [Parameter]
    public EventCallback<string> MetricChanged { get; set; }

    [Parameter]
    public bool LogScale { get; set; }

    [Parameter]
    public EventCallback<bool> LogScaleChanged { get; set; }

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
        BuildLines();
        await FillGapsAsync();
        BuildLines();
    }

    /// <summary>Subscribes before history is read, so that no point falls between the two.</summary>
    private async Task FollowAsync()
    {
        if (_liveSweep == SweepId)
        {
            return;
        }

        if (_live is not null)
        {
            await _live.DisposeAsync();
        }

        _liveSweep = SweepId;
        _gaps.Reset();
        string sweepId = SweepId;
        _live = new LiveCurves(Metrics, Clock, Logger, batch => batch.SweepId == sweepId, () => InvokeAsync(ShowNewPoints));
    }

    private void ShowNewPoints()
    {
        BuildLines();
        StateHasChanged();
    }

    private async Task FillGapsAsync()
    {
        IReadOnlyList<string> missing = _gaps.TakeMissing(Metric, Runs, _live!.Store);
        if (missing.Count == 0)
        {
            return;
        }

        try
        {
            foreach (RunComparison comparison in await Orchestrator.CompareAsync(missing, [Metric], PointsPerCurve, _closed))
            {
                _live.Store.Add(comparison);
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
        IEnumerable<ChartLine> lines = Runs.Select(run => new ChartLine(
            run.Id,
            RunText.Title(run, Axes),
            RunPalette.Of(run.Cell),
            _live.Store.Get(Metric, run.Id),
            Faded: Selected.Count > 0 && !Selected.Contains(run.Id)));
        _lines = [.. lines.OrderByDescending(line => line.Faded)];
    }
}
