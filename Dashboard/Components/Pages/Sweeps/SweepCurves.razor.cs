using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Components.Pages.Sweeps.Table;
using Experiments.Dashboard.Formatting;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <summary>Live charts of metrics of the listed runs or groups.</summary>
public sealed partial class SweepCurves : OrchestratorComponent
{
    /// <summary>More curves are not distinguishable; larger sweeps show their best runs.</summary>
    public const int MostCurves = 200;

    private readonly string _none = "";
    private Dictionary<string, IReadOnlyList<ChartLine>> _lines = [];
    private IReadOnlyList<(RunView Run, string Details)> _told = [];
    private (IReadOnlyList<RunView> Runs, string Axes)? _toldOf;

    [Parameter, EditorRequired]
    public required SweepView Sweep { get; set; }

    /// <summary>The state of the table: the listed runs and their grouping.</summary>
    [Parameter, EditorRequired]
    public required RunsTableState State { get; set; }

    /// <summary>The runs whose curves are shown.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<RunView> Runs { get; set; }

    /// <summary>The number of listed runs.</summary>
    [Parameter]
    public int Total { get; set; }

    /// <summary>Hyperparameters that differ between runs, shown on hover over a curve.</summary>
    [Parameter]
    public IReadOnlyList<string> Axes { get; set; } = [];

    /// <summary>Ids of highlighted runs; none for all.</summary>
    [Parameter]
    public IReadOnlySet<string> Selected { get; set; } = new HashSet<string>();

    [Parameter, EditorRequired]
    public required PanelList Panels { get; set; }

    [Parameter]
    public EventCallback<PanelList> PanelsChanged { get; set; }

    /// <summary>Smoothing and the unit of the x axis.</summary>
    [Parameter]
    public CurveView View { get; set; } = CurveView.Plain;

    [Parameter]
    public EventCallback<CurveView> ViewChanged { get; set; }

    /// <summary>Changes whenever the sweep has changed.</summary>
    [Parameter]
    public int Version { get; set; }

    [Inject]
    private LiveMetrics Metrics { get; set; } = default!;

    private IReadOnlyList<string> Offered => MetricChoices.Sort([.. MetricChoices.Of(Runs), .. Panels.Metrics]);

    private CurveView DrawnView => IsGrouped ? View with { X = CurveX.Step } : View;

    private string Note => string.Join(", ", new[] { CountNote, FadedNote }.Where(part => part.Length > 0));

    private string FadedNote => !IsGrouped && new CurveFading(Runs, Selected).FadesAny(Runs) ? "paused and stopped runs are faint" : "";

    private string CountNote => (IsGrouped, Total > Runs.Count, State.IsNarrowed, Selected.Count) switch
    {
        (true, _, _, _) => "mean ± deviation of the runs of each group",
        (_, true, _, _) => $"the best {Numbers.Count(Runs.Count)} of {Numbers.Count(Total)} runs{(State.IsNarrowed ? " that match" : "")}",
        (_, _, _, > 0) => $"{Selected.Count} of {Numbers.Count(Total)} runs in front",
        (_, _, true, _) => $"{Numbers.Count(Total)} of {Numbers.Count(Sweep.RunCounts.Total)} runs",
        _ => "",
    };

    protected override ValueTask LeaveAsync() => _live?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override async Task OnParametersSetAsync()
    {
        await FollowAsync();
        TellRuns();
        BuildLines();
        if (IsGrouped)
        {
            await ReadGroupsAsync();
        }
        else
        {
            await FillGapsAsync(_live!);
        }

        BuildLines();
    }

    private string EmptyText(string metric) => IsGrouped
        ? HasGroups(metric) ? $"No {metric} yet in any of these groups" : "Reading the groups …"
        : Runs.Count == 0 && Total == 0 && State.IsNarrowed ? "No runs are listed below"
        : !_read.Contains(metric) ? "Reading the curves …"
        : Runs.Any(run => run.Epoch > 0) && !Runs.Any(run => run.Summary.ContainsKey(metric)) && !MetricNames.IsPerIteration(metric) ? $"None of these runs has \"{metric}\": the list above has what there is"
        : Sweep.FinishedAt is not null ? $"None of these runs has a point of {metric}"
        : $"No {metric} yet: points appear as soon as a run has finished an epoch";

    private Task AddAsync(string metric) => metric.Length == 0 ? Task.CompletedTask : ChangeAsync(Panels.Toggle(metric));

    private Task ChangeAsync(PanelList panels) => PanelsChanged.InvokeAsync(panels);

    private void ShowNewPoints()
    {
        _live!.TakeInbox();
        if (!IsGrouped)
        {
            BuildLines();
            StateHasChanged();
        }
    }

    /// <summary>Charts do not wait for one another.</summary>
    private void ShowBeforeOthers(string metric)
    {
        if (metric != Panels.Metrics[^1])
        {
            BuildLines();
            StateHasChanged();
        }
    }

    private void BuildLines()
    {
        _live!.TakeInbox();
        _lines = Panels.Metrics.ToDictionary(metric => metric, metric => IsGrouped ? GroupLinesOf(metric) : LinesOf(metric));
    }

    private IReadOnlyList<ChartLine> LinesOf(string metric)
    {
        var fading = new CurveFading(Runs, Selected);
        IEnumerable<ChartLine> lines = _told.Select(told => new ChartLine(
            told.Run.Id,
            RunText.Number(told.Run),
            RunPalette.Of(told.Run.Cell),
            _live!.Store.Get(metric, told.Run.Id),
            Faded: fading.IsFaded(told.Run),
            Start: View.X == CurveX.Time ? told.Run.StartedAt : null,
            told.Details));
        return [.. lines.OrderByDescending(line => line.Faded)];
    }

    /// <summary>Computed once per reading of the runs, since live points arrive ten times a second.</summary>
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
