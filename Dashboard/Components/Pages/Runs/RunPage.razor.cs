using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Formatting;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Runs;

/// <summary>One run: its curves, configuration, attempts and artifacts.</summary>
public sealed partial class RunPage : LivePage
{
    private const int PointsPerCurve = 2000;
    private readonly CurveGaps _gaps = new();
    private RunView? _run;
    private SweepView? _sweep;
    private SweepFacts? _facts;
    private IReadOnlyList<AttemptView> _attempts = [];
    private Initialization? _initialization;
    private bool _isInitializationDue;
    private LiveCurves? _live;
    private string? _followed;
    private RunNeighbors? _neighbors;
    private (string Id, RunListQuery List, RunStatus Status)? _placed;

    [Parameter, EditorRequired]
    public required string Id { get; set; }

    [Inject]
    private LiveMetrics Metrics { get; set; } = default!;

    /// <summary>Charts of metrics that every run has are shown before the first point, so that the layout does not jump.</summary>
    private IReadOnlyList<MetricGroup> Groups =>
        MetricGroups.Of([.. MetricNames.Objectives, MetricNames.BatchLoss, .. _live!.Store.Metrics]);

    private string NoPoints => RunText.HasEnded(_run!) ? "No points" : "No points yet";

    protected override async Task OnParametersSetAsync()
    {
        if (_followed != Id)
        {
            await FollowAsync();
        }

        await base.OnParametersSetAsync();
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        RunView run = await Orchestrator.GetRunAsync(Id, cancellationToken);
        SweepView sweep = await Orchestrator.GetSweepAsync(run.SweepId, cancellationToken);
        _attempts = await Orchestrator.GetAttemptsAsync(Id, cancellationToken);
        if (IsPretrained(run))
        {
            _initialization ??= await Orchestrator.FindInitializationAsync(Id, cancellationToken);
        }

        await PlaceAsync(run, cancellationToken);
        await FillGapsAsync(run, cancellationToken);
        _facts = SweepFacts.Of(sweep);
        (_run, _sweep) = (run, sweep);
    }

    /// <summary>The position in the list is read only when the list or the run's status changes: sorted by a metric, it may change with every epoch of every run.</summary>
    private async Task PlaceAsync(RunView run, CancellationToken cancellationToken)
    {
        (string, RunListQuery, RunStatus) wanted = (Id, List, run.Status);
        if (_placed == wanted)
        {
            return;
        }

        try
        {
            _neighbors = await Orchestrator.GetNeighborsAsync(Id, List, cancellationToken);
        }
        catch (OrchestratorException problem) when (!problem.IsUnreachable)
        {
            // The address has an invalid filter or order; the run itself is still shown.
            _neighbors = null;
        }

        _placed = wanted;
    }

    protected override bool Concerns(ChangeEvent change) => change.Kind != ChangeKind.Log && (change.Id == Id || (change.Kind == ChangeKind.Sweep && change.SweepId == _run?.SweepId));

    protected override ValueTask LeaveAsync() => _live?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task FollowAsync()
    {
        await LeaveAsync();
        Forget();
        (_initialization, _isInitializationDue) = (null, true);
        _gaps.Reset();
        string id = _followed = Id;
        _live = new LiveCurves(Metrics, Clock, Loggers.CreateLogger<RunPage>(), LiveCurves.OneRun, batch => batch.RunId == id, () => InvokeAsync(ShowNewPointsAsync));
    }

    private async Task ShowNewPointsAsync()
    {
        _live!.TakeInbox();
        StateHasChanged();

        // The first point means that the weights are loaded; the first change event may be a long epoch away.
        if (_isInitializationDue && _initialization is null && _run is { } run && IsPretrained(run))
        {
            _isInitializationDue = false;
            await ReloadAsync();
        }
    }

    private static bool IsPretrained(RunView run) =>
        run.Config.TryGetValue("pretrained", out JsonElement weights) && weights.ValueKind == JsonValueKind.String && weights.GetString() is not (null or "none");

    private async Task FillGapsAsync(RunView run, CancellationToken cancellationToken)
    {
        _live!.TakeInbox();
        _live.Store.Fence([run]);
        if (_gaps.TakeMissing(MetricNames.TrainLoss, [run], _live.Store).Count == 0)
        {
            return;
        }

        try
        {
            foreach ((string metric, IReadOnlyList<SeriesPoint> points) in await Orchestrator.GetMetricsAsync(Id, PointsPerCurve, cancellationToken))
            {
                _live.Store.Add(metric, Id, points);
            }
        }
        catch
        {
            _gaps.Reset();
            throw;
        }
    }

    private IReadOnlyList<ChartLine> LinesOf(MetricGroup group) =>
    [
        .. group.Metrics.Select(metric => new ChartLine(
            metric,
            metric,
            RunPalette.Of(_run!.Cell) with { Dash = MetricGroups.DashOf(metric) },
            _live!.Store.Get(metric, Id))),
    ];
}
