using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Formatting;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>Compares runs: configurations, results, curves, classes and mistakes. ComparePage.Query.cs has the choices in the address.</summary>
public sealed partial class ComparePage : LivePage
{
    private IReadOnlyList<ComparedRun> _runs = [];
    private IReadOnlyList<string> _missing = [];
    private ComparedRuns _compared = new([], []);
    private RunColoring _coloring = RunColoring.None;
    private SweepView? _sweep;
    private LiveCurves? _live;
    private readonly CurveGaps _gaps = new();
    private IReadOnlySet<string> _followed = new HashSet<string>();
    private bool _hasTimes;
    private readonly Dictionary<string, string> _sweepNames = [];

    [Inject]
    private LiveMetrics Live { get; set; } = default!;

    /// <summary>Live points arrive separately; a reload is for the table and for gaps.</summary>
    protected override TimeSpan ReloadInterval => TimeSpan.FromSeconds(3);

    /// <summary>The sweep of all runs, if they share one.</summary>
    private string? SweepId => SweepOf(_runs.Select(run => run.Run));

    /// <summary>The objective of that sweep; the default one for runs of several sweeps.</summary>
    private ObjectiveSpec Objective => _sweep is null ? ObjectiveSpec.Default : SweepFacts.Of(_sweep).Objective;

    private IReadOnlyList<string> TableMetrics => MetricChoices.Sort(
        [.. MetricNames.Objectives, MetricNames.TestAccuracy, MetricNames.TestLoss, .. ShownMetrics.Where(metric => !MetricNames.IsPerIteration(metric))])
        .Where(metric => _runs.Any(run => run.Run.Summary.ContainsKey(metric)) || metric == MetricNames.ValidationAccuracy)
        .ToList();

    private IReadOnlyList<string> OfferedMetrics => [.. MetricChoices.Of(_runs.Select(run => run.Run)), MetricNames.BatchLoss];

    /// <summary>Curves are drawn by step until their times have been read.</summary>
    private CurveView DrawnView => _hasTimes ? View : View with { X = CurveX.Step };

    protected override async Task OnParametersSetAsync()
    {
        // Removing a run keeps the curves of the others. Points read without times cannot be drawn by time.
        if (_live is null || !RunIds.All(_followed.Contains) || (View.X == CurveX.Time && !_hasTimes))
        {
            await LeaveAsync();
            _gaps.Reset();
            HashSet<string> wanted = [.. RunIds];
            (_followed, _hasTimes) = (wanted, View.X == CurveX.Time);
            _live = new LiveCurves(Live, Clock, Loggers.CreateLogger<ComparePage>(), LiveCurves.ManyRuns, batch => wanted.Contains(batch.RunId), () => InvokeAsync(ShowNewPoints));
        }

        await base.OnParametersSetAsync();
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> ids = RunIds;
        RunComparison comparison = ids.Count == 0
            ? new RunComparison([], [], new Dictionary<string, System.Text.Json.JsonElement>(), new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<SeriesPoint>>>())
            : await Orchestrator.CompareAsync(ids, cancellationToken);
        await LoadCurvesAsync(comparison.Runs, cancellationToken);
        _missing = comparison.Missing ?? [];
        _compared = comparison.Runs.Count == 0 ? new ComparedRuns([], []) : ComparedRuns.Of(comparison.Runs);
        await LoadSweepAsync(comparison.Runs, cancellationToken);
        _coloring = RunColoring.Of(ColorBy, comparison.Runs, Objective);
        IReadOnlyDictionary<string, string> sweeps = await SweepNamesAsync(comparison.Runs, cancellationToken);
        _runs = [.. comparison.Runs.Zip(_coloring.Styles, (run, style) => Show(run, style, sweeps.GetValueOrDefault(run.SweepId)))];
    }

    private ComparedRun Show(RunView run, RunStyle style, string? sweepName)
    {
        string title = RunText.Title(run, _compared.Differing);
        return new ComparedRun(run, style, sweepName is null ? title : $"{sweepName} {title}", HoverDetails.Of(run, _compared.Differing)) { SweepName = sweepName };
    }

    /// <summary>Sweep names by id if there are several sweeps; read once.</summary>
    private async Task<IReadOnlyDictionary<string, string>> SweepNamesAsync(IReadOnlyList<RunView> runs, CancellationToken cancellationToken)
    {
        string[] ids = [.. runs.Select(run => run.SweepId).Distinct()];
        if (ids.Length < 2)
        {
            return new Dictionary<string, string>();
        }

        foreach (string id in ids.Except(_sweepNames.Keys).ToList())
        {
            _sweepNames[id] = (await Orchestrator.GetSweepAsync(id, cancellationToken)).Name;
        }

        return _sweepNames;
    }

    protected override bool Concerns(ChangeEvent change) => change.Kind switch
    {
        ChangeKind.Run => RunIds.Contains(change.Id),
        // Many changes of runs may arrive as one change of their sweep.
        ChangeKind.Sweep => _runs.Any(run => run.Run.SweepId == change.SweepId),
        _ => false,
    };

    protected override ValueTask LeaveAsync() => _live?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Reads only missing curves: those of ended runs are read once.</summary>
    private async Task LoadCurvesAsync(IReadOnlyList<RunView> runs, CancellationToken cancellationToken)
    {
        LiveCurves live = _live!;
        live.TakeInbox();
        live.Store.Fence(runs);
        var missing = ShownMetrics
            .Select(metric => (Metric: metric, Runs: _gaps.TakeMissing(metric, runs, live.Store)))
            .Where(gap => gap.Runs.Count > 0)
            .ToList();
        if (missing.Count == 0)
        {
            return;
        }

        try
        {
            IReadOnlyList<string> ids = [.. missing.SelectMany(gap => gap.Runs).Distinct()];
            live.Store.Add(await Orchestrator.CompareAsync(
                ids, [.. missing.Select(gap => gap.Metric)], CompareQuery.PointsPerCurve(runs.Count), _hasTimes, cancellationToken));
        }
        catch (OrchestratorException)
        {
            // Curves that were not read must be requested again.
            _gaps.Reset();
            throw;
        }
    }

    private async Task LoadSweepAsync(IReadOnlyList<RunView> runs, CancellationToken cancellationToken)
    {
        string? id = SweepOf(runs);
        if (_sweep?.Id != id)
        {
            _sweep = id is null ? null : await Orchestrator.GetSweepAsync(id, cancellationToken);
        }
    }

    private static string? SweepOf(IEnumerable<RunView> runs) => runs.Select(run => run.SweepId).Distinct().Take(2).ToList() is [{ } id] ? id : null;

    private void ShowNewPoints()
    {
        _live!.TakeInbox();
        StateHasChanged();
    }

    /// <summary>Highlighted runs are drawn last, over the others.</summary>
    private IReadOnlyList<ChartLine> LinesOf(string metric)
    {
        var fading = new CurveFading(_runs.Select(run => run.Run), Picked);
        return
        [
            .. _runs
                .Select(run => new ChartLine(
                    run.Id, RunText.Number(run.Run), run.Style, _live!.Store.Get(metric, run.Id), Faded: fading.IsFaded(run.Run), run.Run.StartedAt, run.Details))
                .OrderByDescending(line => line.Faded),
        ];
    }
}
