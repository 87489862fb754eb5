using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Formatting;
using Microsoft.AspNetCore.Components;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <summary>One sweep: how far it is, the curves of its runs, the runs themselves. Everything chosen here is in the address.</summary>
public sealed partial class SweepPage : LivePage
{
    private const int PageSize = 50;

    /// <summary>Which runs are the best of thousands changes slowly, and asking costs.</summary>
    private static readonly TimeSpan CurveRunsInterval = TimeSpan.FromSeconds(5);

    private SweepView? _sweep;
    private SweepFacts? _facts;
    private RunView? _best;
    private Page<RunView>? _table;
    private IReadOnlyList<RunView> _curveRuns = [];
    private DateTimeOffset _curveRunsTime;
    private IReadOnlySet<string> _selected = new HashSet<string>();

    [Parameter, EditorRequired]
    public required string Id { get; set; }

    /// <summary>A hyperparameter or metric, <c>-</c> in front for descending.</summary>
    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery]
    public string? Status { get; set; }

    /// <summary>From 1.</summary>
    [SupplyParameterFromQuery]
    public int? Page { get; set; }

    [SupplyParameterFromQuery]
    public string? Metric { get; set; }

    [SupplyParameterFromQuery]
    public bool Log { get; set; }

    /// <summary>Ids of selected runs, separated by commas.</summary>
    [SupplyParameterFromQuery(Name = "runs")]
    public string? SelectedRuns { get; set; }

    private int PageNumber => Math.Max(1, Page ?? 1);

    private string ShownMetric => Metric ?? _facts!.Objective.Metric;

    private IReadOnlyList<string> AxisKeys => [.. _facts!.Axes.Select(axis => axis.Name)];

    protected override async Task OnParametersSetAsync()
    {
        if (_sweep is not null && _sweep.Id != Id)
        {
            Forget();
        }

        _selected = (SelectedRuns ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).ToHashSet();
        await base.OnParametersSetAsync();
    }

    protected override async Task LoadAsync(CancellationToken cancellationToken)
    {
        SweepView sweep = await Orchestrator.GetSweepAsync(Id, cancellationToken);
        SweepFacts facts = _facts is not null && _sweep?.Id == Id ? _facts : SweepFacts.Of(sweep);
        Page<RunView> table = await Orchestrator.GetRunsAsync(Id, Status, Sort, (PageNumber - 1) * PageSize, PageSize, cancellationToken);
        _curveRuns = await LoadCurveRunsAsync(sweep, facts, table, cancellationToken);
        _best = await LoadBestAsync(sweep, [.. _curveRuns, .. table.Items], cancellationToken);
        (_sweep, _facts, _table) = (sweep, facts, table);
    }

    protected override bool Concerns(ChangeEvent change) => change.SweepId == Id;

    /// <summary>All runs while a chart can show them; else those with the best objective.</summary>
    private async Task<IReadOnlyList<RunView>> LoadCurveRunsAsync(
        SweepView sweep, SweepFacts facts, Page<RunView> table, CancellationToken cancellationToken)
    {
        if (table.Items.Count == sweep.RunCounts.Total)
        {
            return [.. table.Items.OrderBy(run => run.Cell)];
        }

        if (_sweep?.Id == sweep.Id && Now - _curveRunsTime < CurveRunsInterval && sweep.Status == _sweep.Status)
        {
            return _curveRuns;
        }

        _curveRunsTime = Now;
        string? sort = sweep.RunCounts.Total <= SweepCurves.MostCurves ? null : SortOrder.BestFirst(facts.Objective);
        Page<RunView> page = await Orchestrator.GetRunsAsync(Id, null, sort, 0, SweepCurves.MostCurves, cancellationToken);
        return [.. page.Items.OrderBy(run => run.Cell)];
    }

    private async Task<RunView?> LoadBestAsync(SweepView sweep, IEnumerable<RunView> known, CancellationToken cancellationToken) =>
        sweep.BestRunId is { } best
            ? known.FirstOrDefault(run => run.Id == best) ?? await Orchestrator.GetRunAsync(best, cancellationToken)
            : null;

    private void Select(IReadOnlySet<string> runs) =>
        Go(("runs", runs.Count == 0 ? null : string.Join(',', runs)));

    private void Go(params (string Key, object? Value)[] changes)
    {
        var query = changes.ToDictionary(change => change.Key.ToLowerInvariant(), change => change.Value);
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(query), replace: true);
    }
}
