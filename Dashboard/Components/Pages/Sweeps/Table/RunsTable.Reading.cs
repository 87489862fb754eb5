using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <content>Reads the rows in sight and their courses.</content>
public sealed partial class RunsTable
{
    protected override async Task OnParametersSetAsync()
    {
        _geometry = new TableGeometry(ColumnLayout.Parse(State.Columns) ?? TableColumns.Default(Facts));
        _selection = State.Selection;
        if (State.GroupKeys.Count > 0)
        {
            _virtualize = null;
            return;
        }

        await FollowAsync();
        (string, RunsQuery) wanted = (Sweep.Id, State.Query(0, 0));
        if (_asked != wanted)
        {
            _asked = wanted;
            _version = Version;
            await BeginAsync();
        }
        else if (_version != Version)
        {
            _version = Version;
            _rows!.Invalidate();
            await RefreshAsync();
        }
    }

    /// <summary>Another table: its first rows are read before it is drawn, so that it is there at once.</summary>
    private async Task BeginAsync()
    {
        _rows!.Clear();
        (_anchor, _scale) = (null, null);
        await TryAsync(() => _rows.GetAsync(0, FirstRows, _closed));
        _isLoaded = true;
        if (_rows.Total == 0)
        {
            _virtualize = null;
        }
        else if (_virtualize is not null)
        {
            await Scripts.InvokeVoidAsync("dashboardTable.toTop", _closed, _scroll);
            await RefreshAsync();
        }
    }

    private async Task RefreshAsync()
    {
        if (_virtualize is { } virtualize)
        {
            await virtualize.RefreshDataAsync();
        }
        else
        {
            await TryAsync(() => _rows!.GetAsync(0, FirstRows, _closed));
        }
    }

    private async ValueTask<ItemsProviderResult<TableRow>> ProvideAsync(ItemsProviderRequest request)
    {
        try
        {
            await TryAsync(() => _rows!.GetAsync(request.StartIndex, request.Count, request.CancellationToken));
        }
        catch (OperationCanceledException) when (request.CancellationToken.IsCancellationRequested)
        {
            // Scrolled on meanwhile. Virtualize forgives only what carries its own token; a client may have linked it with another.
            throw new OperationCanceledException(request.CancellationToken);
        }

        _shown = _rows!.Known(request.StartIndex, request.Count);
        _curveReads!.Request();
        if (_rows.Ahead(request.StartIndex, request.Count) is { } next)
        {
            _ahead = (next, request.Count);
            _aheadReads!.Request();
        }

        return new ItemsProviderResult<TableRow>(_shown.Select((run, index) => new TableRow(request.StartIndex + index, run)), _rows.Total);
    }

    private Task<Page<RunView>> ReadAsync(int skip, int take, CancellationToken cancellationToken) =>
        Orchestrator.GetRunsAsync(Sweep.Id, State.Query(skip, take), cancellationToken);

    /// <summary>What goes wrong is told above the table, which keeps what it has.</summary>
    private async Task TryAsync(Func<Task> read)
    {
        (string? filterProblem, string? problem) = (_filterProblem, _problem);
        try
        {
            await read();
            (_filterProblem, _problem) = (null, null);
        }
        catch (OrchestratorException failure) when (failure.Errors.TryGetValue("filter", out string[]? reasons))
        {
            (_filterProblem, _problem) = (string.Join("; ", reasons), null);
        }
        catch (OrchestratorException failure)
        {
            // The page itself tells that the Orchestrator is away, and reads again when it is back.
            (_filterProblem, _problem) = (null, failure.IsUnreachable ? null : failure.Explain());
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The page was left.
        }

        if ((filterProblem, problem) != (_filterProblem, _problem))
        {
            StateHasChanged();
        }
    }

    private async Task FollowAsync()
    {
        if (_curves is { } known && (known.SweepId, known.Metric) == (Sweep.Id, Objective))
        {
            return;
        }

        if (_curves is not null)
        {
            await _curves.DisposeAsync();
        }

        _curves = new RowCurves(Live, Clock, Logger, Sweep.Id, Objective, () => InvokeAsync(ShowNewPoints));
    }

    private void ShowNewPoints()
    {
        _curves!.TakeInbox();
        _scale = _curves.Widen(_scale);
        StateHasChanged();
    }

    private async Task ReadCurvesAsync()
    {
        if (_curves is not { } curves || !_geometry!.Columns.Any(column => column.Kind == TableColumnKind.Curve))
        {
            return;
        }

        IReadOnlyList<RunView> shown = _shown;
        IReadOnlyList<string> missing = curves.Show(shown);
        if (missing.Count == 0)
        {
            return;
        }

        await TryAsync(async () => curves.Add(
            [.. shown.Where(run => missing.Contains(run.Id))],
            await Orchestrator.GetCurvesAsync(Sweep.Id, missing, curves.Metric, RowCurves.PointsPerCurve, withTimes: true, _closed)));
        _scale = curves.Widen(_scale);
        StateHasChanged();
    }

    private Task ReadAheadAsync() => TryAsync(() => _rows!.GetAsync(_ahead.First, _ahead.Count, _closed));
}
