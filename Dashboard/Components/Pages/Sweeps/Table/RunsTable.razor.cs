using Experiments.Contracts.Api;
using Experiments.Contracts.Filters;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Formatting;
using Experiments.Dashboard.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>
/// All runs of a sweep, however many: only visible rows are read and rendered. The presentation is in <see cref="State"/>.
/// </summary>
public sealed partial class RunsTable : OrchestratorComponent
{
    /// <summary>The number of rows that are visible on a large screen.</summary>
    private const int FirstShown = 20;

    private static readonly TableColumn RunColumn = new("cell", "Run", "The number of the grid's cell", TableColumnKind.Fact, TableGeometry.RunWidth, false);

    private RunRows? _rows;
    private RunListQuery _list = RunListQuery.None;
    private TableGeometry? _geometry;
    private TableSelection _selection = TableSelection.None;
    private RowCurves? _curves;
    private Throttler? _curveReads;
    private Throttler? _aheadReads;
    private (int First, int Count) _ahead;
    private Virtualize<TableRow>? _virtualize;
    private ElementReference _scroll;

    /// <summary>The first rows are rendered until the browser has reported which rows are visible, which takes two more round trips.</summary>
    private bool _showsFirstRows = true;
    private IReadOnlyList<RunView> _shown = [];
    private (string Sweep, RunsQuery Query)? _asked;
    private string? _shownSweep;
    private bool _isRefused;
    private int _version;
    private bool _isLoaded;
    private CurveScale? _scale;
    private string? _filterProblem;
    private string? _problem;
    private string? _dragged;

    [Parameter, EditorRequired]
    public required SweepView Sweep { get; set; }

    [Parameter, EditorRequired]
    public required SweepFacts Facts { get; set; }

    [Parameter, EditorRequired]
    public required RunsTableState State { get; set; }

    [Parameter]
    public EventCallback<RunsTableState> StateChanged { get; set; }

    /// <summary>The first rows, if they are being read already.</summary>
    [Parameter]
    public FirstRows? First { get; set; }

    /// <summary>The metric that groups are aggregated by.</summary>
    [Parameter, EditorRequired]
    public required string Metric { get; set; }

    /// <summary>A new number requests a reload of the rows.</summary>
    [Parameter]
    public int Version { get; set; }

    /// <summary>Runs were changed.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    [Inject]
    private LiveMetrics Live { get; set; } = default!;

    [Inject]
    private IJSRuntime Scripts { get; set; } = default!;

    private string Objective => Facts.Objective.Metric;

    private string CountText => !_isLoaded || State.GroupKeys.Count > 0 || (_isRefused && _rows!.Total == 0) ? "" : State.IsNarrowed
        ? $"{Numbers.Count(_rows!.Total)} of {Numbers.Count(Sweep.RunCounts.Total)}"
        : Numbers.Count(_rows!.Total);

    private string EmptyText => _problem is not null ? "No runs are shown."
        : _filterProblem is not null ? "Fix the filter to see runs."
        : State.Filter is not null ? "No run matches the filter."
        : State.Status is { } status ? $"No run is {status}." : "All runs of this sweep have been deleted.";

    protected override ValueTask LeaveAsync() => _curves?.DisposeAsync() ?? ValueTask.CompletedTask;

    protected override void OnInitialized()
    {
        _rows = RowsOf(Sweep.Id, State);
        _curveReads = Throttle(TimeSpan.FromMilliseconds(150), ReadCurvesAsync);
        _aheadReads = Throttle(TimeSpan.Zero, ReadAheadAsync);
    }

    private bool IsBest(RunView run) =>
        run.Id == Sweep.BestRunId || (Sweep.BestValue is { } best && run.Summary.GetValueOrDefault(Objective)?.Best == best);

    /// <summary>Called while the visible rows are rendered, so that the first rows disappear in the same render batch.</summary>
    private void HideFirstRows()
    {
        if (_showsFirstRows)
        {
            _showsFirstRows = false;
            StateHasChanged();
        }
    }

    private Task SortAsync(string? sort) => StateChanged.InvokeAsync(State with { Sort = sort });

    private Task ToggleAllAsync() => SelectAsync(_selection.CountOf(_rows!.Total) >= _rows.Total ? TableSelection.None : TableSelection.Everything);

    private Task SelectAsync(TableSelection selection) => StateChanged.InvokeAsync(State with { Selected = selection.ToText() });

    private Task FilterAsync(string? condition) => StateChanged.InvokeAsync(State with { Filter = FilterText.With(State.Filter, condition) });

    private Task DropAsync(string target)
    {
        ColumnLayout layout = ColumnLayout.Parse(State.Columns) ?? TableColumns.Default(Facts);
        return _dragged is { } dragged ? StateChanged.InvokeAsync(State with { Columns = layout.MoveTo(dragged, target).ToText() }) : Task.CompletedTask;
    }
}
