using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <content>Reads the visible rows and their trends.</content>
public sealed partial class RunsTable
{
    protected override async Task OnParametersSetAsync()
    {
        _geometry = new TableGeometry(ColumnLayout.Parse(State.Columns) ?? TableColumns.Default(Facts));
        _selection = State.Selection;
        if (State.GroupKeys.Count > 0)
        {
            (_virtualize, _showsFirstRows) = (null, true);
            return;
        }

        await FollowAsync();
        (string, RunsQuery) wanted = (Sweep.Id, State.Query(0, 0));
        if (_asked != wanted || (_isRefused && _version != Version))
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

    /// <summary>
    /// For a different list, the first rows are read before rendering, so that they appear immediately. If that fails, such as for a filter with a
    /// mistake, the previous rows stay.
    /// </summary>
    private async Task BeginAsync()
    {
        (string Sweep, RunsQuery Query)? wanted = _asked;
        RunsTableState state = State;
        RunRows next = RowsOf(Sweep.Id, state);
        bool isRead = await TryAsync(() => next.GetAsync(0, FirstRows.Count, Closing), () => _asked == wanted);
        if (_asked != wanted)
        {
            return;
        }

        (_isLoaded, _isRefused) = (true, !isRead);
        if (!isRead && _shownSweep == Sweep.Id)
        {
            _rows!.Invalidate();
            await RefreshAsync();
            return;
        }

        (_rows, _shownSweep, _anchor, _scale) = (next, Sweep.Id, null, null);
        _list = new RunListQuery(state.Status, state.Filter, state.Sort);
        if (_rows.Total == 0)
        {
            (_virtualize, _showsFirstRows) = (null, true);
        }
        else if (_virtualize is not null)
        {
            await Scripts.InvokeVoidAsync("dashboardTable.toTop", Closing, _scroll);
            await RefreshAsync();
        }
    }

    private RunRows RowsOf(string sweepId, RunsTableState state) =>
        new((skip, take, cancellationToken) =>
        {
            RunsQuery query = state.Query(skip, take);
            return First?.Take(sweepId, query) ?? Orchestrator.GetRunsAsync(sweepId, query, cancellationToken);
        });

    private async Task RefreshAsync()
    {
        if (_virtualize is { } virtualize)
        {
            await virtualize.RefreshDataAsync();
        }
        else
        {
            await TryAsync(() => _rows!.GetAsync(0, FirstRows.Count, Closing));
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
            // The user scrolled on meanwhile. Virtualize only accepts cancellation with its own token, which a client may have linked with another.
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

    /// <summary>Shows errors at the filter or above the table, which keeps its rows.</summary>
    /// <param name="isWanted">False if the request is outdated: then errors are not shown.</param>
    private async Task<bool> TryAsync(Func<Task> read, Func<bool>? isWanted = null)
    {
        (string? Filter, string? Other)? found = null;
        try
        {
            await read();
            found = (null, null);
        }
        catch (OrchestratorException failure) when (failure.Errors.TryGetValue("filter", out string[]? reasons))
        {
            found = (string.Join("; ", reasons), null);
        }
        catch (OrchestratorException failure)
        {
            // The page itself reports that the Orchestrator is unreachable, and reloads afterwards.
            found = (null, failure.IsUnreachable ? null : failure.Explain());
        }
        catch (OperationCanceledException) when (Closing.IsCancellationRequested)
        {
            // The user left the page.
        }

        // Other successful reads do not clear the error of a refused filter.
        bool tells = isWanted?.Invoke() ?? !_isRefused;
        if (tells && found is { } problems && problems != (_filterProblem, _problem))
        {
            (_filterProblem, _problem) = problems;
            StateHasChanged();
        }

        return found is (null, null);
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

        _curves = new RowCurves(Live, Clock, Loggers.CreateLogger<RunsTable>(), Sweep.Id, Objective, () => InvokeAsync(ShowNewPoints));
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
            await Orchestrator.GetCurvesAsync(Sweep.Id, missing, curves.Metric, RowCurves.PointsPerCurve, withTimes: true, Closing)));
        _scale = curves.Widen(_scale);
        StateHasChanged();
    }

    private Task ReadAheadAsync() => TryAsync(() => _rows!.GetAsync(_ahead.First, _ahead.Count, Closing));
}
