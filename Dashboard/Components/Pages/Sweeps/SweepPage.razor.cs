using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Components.Pages.Sweeps.Table;
using Experiments.Dashboard.Formatting;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <summary>One sweep: its progress, the curves of its runs, and the table of runs. All choices are in the address, see SweepPage.Query.cs.</summary>
public sealed partial class SweepPage : LivePage
{
    private const string PanelsKey = "panels";
    private const string RowScale = "row";

    private SweepView? _sweep;
    private SweepFacts? _facts;
    private RunView? _best;
    private int _version;
    private string? _recalled;
    private Task _recalling = Task.CompletedTask;
    private FirstRows? _firstRows;

    [Parameter, EditorRequired]
    public required string Id { get; set; }

    private IReadOnlyList<string> AxisKeys => [.. _facts!.Axes.Select(axis => axis.Name)];

    protected override async Task OnParametersSetAsync()
    {
        bool isOther = _sweep is null || _sweep.Id != Id;
        if (isOther)
        {
            Forget();
            ForgetCurveRuns();
        }

        _recalling = RecallAsync();
        if (HasLoaded)
        {
            await _recalling;

            // Charts and table read their own data when the address changes; this page reads which runs have curves.
            if (HasOtherCurveRuns || Unseen(_curveRuns).Count > 0)
            {
                await LoadAsync(async token => await LoadCurveRunsAsync(_sweep!, _facts!, token));
            }

            return;
        }

        // The table comes first; the runs of the curves, of which there are many, follow.
        await base.OnParametersSetAsync();
        if (HasLoaded && isOther)
        {
            await LoadAsync(async token => await LoadCurveRunsAsync(_sweep!, _facts!, token));
        }
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        if (!HasLoaded && Table.GroupKeys.Count == 0)
        {
            _firstRows = FirstRows.Read(Orchestrator, Id, Table, cancellationToken);
        }

        SweepView sweep = await ReadSweepAsync(cancellationToken);
        SweepFacts facts = (_facts is not null && _sweep?.Id == Id ? _facts : SweepFacts.Of(sweep)) with { HasFailures = sweep.RunCounts.Failed > 0 };

        // After a failed first load, nothing else would read the runs of the curves.
        if (HasLoaded || Problem is not null)
        {
            await LoadCurveRunsAsync(sweep, facts, cancellationToken);
            _version++;
        }

        RunView[] known = [.. _curveRuns, .. new[] { _best }.OfType<RunView>()];
        _best = await LoadBestAsync(sweep, known, cancellationToken);

        // The columns and charts stored in this browser are needed before the first render.
        await _recalling;
        (_sweep, _facts) = (sweep, facts);
    }

    /// <summary>Also waits for the first rows, so that the page is rendered in one step.</summary>
    private async Task<SweepView> ReadSweepAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Orchestrator.GetSweepAsync(Id, cancellationToken);
        }
        finally
        {
            await (_firstRows?.WaitAsync() ?? Task.CompletedTask);
        }
    }

    /// <summary>While the sweep waits for workers, the page shows why, so it depends on workers.</summary>
    protected override bool Concerns(ChangeEvent change) => change.SweepId == Id || (change.Kind == ChangeKind.Worker && _sweep?.Waits is not null);

    private async Task<RunView?> LoadBestAsync(SweepView sweep, IEnumerable<RunView> known, CancellationToken cancellationToken) =>
        sweep.BestRunId is { } best
            ? known.FirstOrDefault(run => run.Id == best) ?? await Orchestrator.FindRunAsync(best, cancellationToken)
            : null;

    private async Task GoAsync(RunsTableState next)
    {
        bool hasOtherColumns = next.Columns != Columns;

        // Clears the selection for other rows, where users would not see it.
        bool isOther = (next.Filter, next.Status) != (Filter, Status);
        Go(
            (nameof(Sort), next.Sort), (nameof(Status), next.Status), (nameof(Filter), next.Filter), ("cols", next.Columns),
            ("runs", isOther && next.Selection.All ? null : next.Selected),
            (nameof(Group), next.Group), (nameof(GroupSort), next.GroupSort), (nameof(GroupPage), next.GroupPage),
            (nameof(Scale), next.ScalesRows ? RowScale : null));
        if (hasOtherColumns)
        {
            await Scripts.InvokeVoidAsync("dashboardTable.remember", Closing, Id, next.Columns);
        }
    }

    private async Task ChangePanelsAsync(PanelList panels)
    {
        string? text = panels.ToText() is var chosen && chosen == _facts!.Objective.Metric ? null : chosen;
        Go((PanelsKey, text), (nameof(Metric), null), (nameof(Log), null), (nameof(LogX), null));
        await Scripts.InvokeVoidAsync("dashboardTable.rememberCharts", Closing, Id, text);
    }

    /// <summary>The stored columns and charts, unless the address has its own.</summary>
    private async Task RecallAsync()
    {
        if (_recalled == Id)
        {
            return;
        }

        string id = _recalled = Id;
        Task<string?> columns = RecallAsync("dashboardTable.columns", Columns is null);
        Task<string?> charts = RecallAsync("dashboardTable.charts", PanelsText is null && Metric is null);
        (string Key, object? Value)[] remembered = [("cols", await columns), (PanelsKey, await charts)];
        if (id == Id && remembered.Any(one => one.Value is string { Length: > 0 }))
        {
            Go(remembered.Where(one => one.Value is string { Length: > 0 }));
        }
    }

    private async Task<string?> RecallAsync(string function, bool isWanted) =>
        isWanted ? await Scripts.InvokeAsync<string?>(function, Closing, Id) : null;
}
