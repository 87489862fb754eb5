using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Components.Pages.Sweeps.Table;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <content>The runs whose curves are drawn: those that the table lists.</content>
public sealed partial class SweepPage
{
    /// <summary>So few runs are read again with every change.</summary>
    private const int FewRuns = 50;

    /// <summary>Which runs are the best of thousands changes slowly, and asking costs.</summary>
    private static readonly TimeSpan CurveRunsInterval = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _unknown = [];
    private IReadOnlyList<RunView> _curveRuns = [];

    /// <summary>How many runs meet the condition.</summary>
    private int _curveTotal;
    private DateTimeOffset _curveRunsTime;
    private (string? Status, string? Filter) _curveRunsOf;

    private bool HasOtherCurveRuns => _curveRunsOf != (Status, Filter);

    private void ForgetCurveRuns() => (_curveRuns, _curveTotal, _curveRunsTime) = ([], 0, default);

    /// <summary>All runs that meet the condition while a chart can show them; else those of them with the best objective.</summary>
    private async Task LoadCurveRunsAsync(SweepView sweep, SweepFacts facts, CancellationToken cancellationToken)
    {
        (string? Status, string? Filter) wanted = (Status, Filter);
        bool isRecent = _sweep?.Id == sweep.Id && _curveRunsOf == wanted && Now - _curveRunsTime < CurveRunsInterval && sweep.Status == _sweep.Status;
        IReadOnlyList<RunView> runs = _curveRuns;
        if (sweep.RunCounts.Total <= FewRuns || !isRecent)
        {
            string? sort = sweep.RunCounts.Total <= SweepCurves.MostCurves ? null : SortOrder.BestFirst(facts.Objective);
            Page<RunView> page = await ReadCurveRunsAsync(new RunsQuery(wanted.Status, wanted.Filter, sort, Take: SweepCurves.MostCurves), cancellationToken);
            (runs, _curveTotal, _curveRunsTime) = (page.Items, page.Total, Now);
            if (_curveRunsOf != wanted)
            {
                // Runs that do not meet one condition may meet another.
                _unknown.Clear();
                _curveRunsOf = wanted;
            }
        }

        _curveRuns = await WithSelectedAsync(runs, wanted, cancellationToken);
    }

    /// <summary>None where the address has a condition that cannot be read, which the table explains.</summary>
    private async Task<Page<RunView>> ReadCurveRunsAsync(RunsQuery query, CancellationToken cancellationToken)
    {
        try
        {
            return await Orchestrator.GetRunsAsync(Id, query, cancellationToken);
        }
        catch (OrchestratorException problem) when (problem.Errors.Keys.Any(key => key is "filter" or "status"))
        {
            return new Page<RunView>(0, []);
        }
    }

    /// <summary>Whoever selects a run wants to see its curve, be it one of the best or not; but only of those that the table lists.</summary>
    private async Task<IReadOnlyList<RunView>> WithSelectedAsync(
        IReadOnlyList<RunView> runs, (string? Status, string? Filter) condition, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> unseen = Unseen(runs);
        IReadOnlyList<RunView> others = [];
        if (unseen.Count > 0)
        {
            try
            {
                var query = new RunsQuery(condition.Status, condition.Filter, Ids: string.Join(',', unseen), Take: unseen.Count);
                others = (await Orchestrator.GetRunsAsync(Id, query, cancellationToken)).Items;
            }
            catch (OrchestratorException problem) when (problem.Errors.Keys.Any(key => key is "ids" or "filter" or "status"))
            {
                // The address names something else than runs, or a condition that cannot be read; the rest of the page can be shown all the same.
            }

            _unknown.UnionWith(unseen.Except(others.Select(run => run.Id)));
        }

        return [.. runs.Concat(others).OrderBy(run => run.Cell)];
    }

    private IReadOnlyList<string> Unseen(IReadOnlyList<RunView> runs) =>
        [.. Table.Selection.Ids.Except(runs.Select(run => run.Id)).Except(_unknown).Take(TableSelection.MostIds)];
}
