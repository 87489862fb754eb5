using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Components.Pages.Sweeps.Table;
using Experiments.Dashboard.Formatting;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <summary>One sweep: how far it is, the curves of its runs, the runs themselves. Everything chosen here is in the address, see SweepPage.Query.cs.</summary>
public sealed partial class SweepPage : LivePage
{
    /// <summary>So few runs are read again with every change.</summary>
    private const int FewRuns = 50;

    /// <summary>Which runs are the best of thousands changes slowly, and asking costs.</summary>
    private static readonly TimeSpan CurveRunsInterval = TimeSpan.FromSeconds(5);

    private SweepView? _sweep;
    private SweepFacts? _facts;
    private RunView? _best;
    private IReadOnlyList<RunView> _curveRuns = [];
    private DateTimeOffset _curveRunsTime;
    private readonly HashSet<string> _unknown = [];
    private int _version;
    private string? _recalled;

    [Parameter, EditorRequired]
    public required string Id { get; set; }

    private string ShownMetric => Metric ?? _facts!.Objective.Metric;

    private IReadOnlyList<string> AxisKeys => [.. _facts!.Axes.Select(axis => axis.Name)];

    protected override async Task OnParametersSetAsync()
    {
        bool isOther = _sweep is null || _sweep.Id != Id;
        if (isOther)
        {
            Forget();
            (_curveRuns, _curveRunsTime) = ([], default);
        }

        await RecallColumnsAsync();
        if (HasLoaded)
        {
            // What was chosen in the address concerns charts and table, which read for themselves; but curves can be asked for that are not there.
            if (Unseen(_curveRuns).Count > 0)
            {
                await ReloadAsync();
            }

            return;
        }

        // First what is looked at first: the runs of the curves, which are many, follow.
        await base.OnParametersSetAsync();
        if (HasLoaded && isOther)
        {
            await LoadAsync(async token => _curveRuns = await LoadCurveRunsAsync(_sweep!, _facts!, token));
        }
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        SweepView sweep = await Orchestrator.GetSweepAsync(Id, cancellationToken);
        SweepFacts facts = _facts is not null && _sweep?.Id == Id ? _facts : SweepFacts.Of(sweep);

        // A page that could not be loaded at first has nobody who reads the runs of its curves later.
        if (HasLoaded || Problem is not null)
        {
            _curveRuns = await LoadCurveRunsAsync(sweep, facts, cancellationToken);
            _version++;
        }

        RunView[] known = [.. _curveRuns, .. new[] { _best }.OfType<RunView>()];
        _best = await LoadBestAsync(sweep, known, cancellationToken);
        (_sweep, _facts) = (sweep, facts);
    }

    /// <summary>While it waits for workers, what becomes of them is told here.</summary>
    protected override bool Concerns(ChangeEvent change) => change.SweepId == Id || (change.Kind == ChangeKind.Worker && _sweep?.Waits is not null);

    /// <summary>All runs while a chart can show them; else those with the best objective.</summary>
    private async Task<IReadOnlyList<RunView>> LoadCurveRunsAsync(
        SweepView sweep, SweepFacts facts, CancellationToken cancellationToken)
    {
        if (sweep.RunCounts.Total > FewRuns && _sweep?.Id == sweep.Id && Now - _curveRunsTime < CurveRunsInterval && sweep.Status == _sweep.Status)
        {
            return await WithSelectedAsync(_curveRuns, cancellationToken);
        }

        string? sort = sweep.RunCounts.Total <= SweepCurves.MostCurves ? null : SortOrder.BestFirst(facts.Objective);
        Page<RunView> page = await Orchestrator.GetRunsAsync(Id, new RunsQuery(Sort: sort, Take: SweepCurves.MostCurves), cancellationToken);
        _curveRunsTime = Now;
        return await WithSelectedAsync(page.Items, cancellationToken);
    }

    /// <summary>Whoever selects a run wants to see its curve, be it one of the best or not.</summary>
    private async Task<IReadOnlyList<RunView>> WithSelectedAsync(IReadOnlyList<RunView> runs, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> unseen = Unseen(runs);
        IReadOnlyList<RunView> others = [];
        if (unseen.Count > 0)
        {
            try
            {
                others = (await Orchestrator.GetRunsAsync(Id, new RunsQuery(Ids: string.Join(',', unseen), Take: unseen.Count), cancellationToken)).Items;
            }
            catch (OrchestratorException problem) when (problem.Errors.ContainsKey("ids"))
            {
                // The address names something else than runs; the rest of the page can be shown all the same.
            }

            _unknown.UnionWith(unseen.Except(others.Select(run => run.Id)));
        }

        return [.. runs.Concat(others).OrderBy(run => run.Cell)];
    }

    private IReadOnlyList<string> Unseen(IReadOnlyList<RunView> runs) =>
        [.. Table.Selection.Ids.Except(runs.Select(run => run.Id)).Except(_unknown).Take(RunSelection.MostIds)];

    private async Task<RunView?> LoadBestAsync(SweepView sweep, IEnumerable<RunView> known, CancellationToken cancellationToken) =>
        sweep.BestRunId is { } best
            ? known.FirstOrDefault(run => run.Id == best) ?? await Orchestrator.FindRunAsync(best, cancellationToken)
            : null;

    private async Task GoAsync(RunsTableState next)
    {
        bool hasOtherColumns = next.Columns != Columns;

        // Other rows: nobody would know which of them are selected.
        bool isOther = (next.Filter, next.Status) != (Filter, Status);
        Go(
            (nameof(Sort), next.Sort), (nameof(Status), next.Status), (nameof(Filter), next.Filter), ("cols", next.Columns),
            ("runs", isOther && next.Selection.All ? null : next.Selected),
            (nameof(Group), next.Group), (nameof(GroupSort), next.GroupSort), (nameof(GroupPage), next.GroupPage));
        if (hasOtherColumns)
        {
            await Scripts.InvokeVoidAsync("dashboardTable.remember", Closing, Id, next.Columns);
        }
    }

    /// <summary>The columns that were chosen here before, unless the address says which.</summary>
    private async Task RecallColumnsAsync()
    {
        if (_recalled == Id)
        {
            return;
        }

        string id = _recalled = Id;
        if (Columns is null && await Scripts.InvokeAsync<string?>("dashboardTable.columns", Closing, id) is { Length: > 0 } remembered && id == Id)
        {
            Go(("cols", remembered));
        }
    }
}
