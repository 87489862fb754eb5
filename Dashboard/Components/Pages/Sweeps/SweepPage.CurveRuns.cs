using Experiments.Contracts.Api;
using Experiments.Dashboard.Api;
using Experiments.Dashboard.Components.Elements;
using Experiments.Dashboard.Components.Pages.Sweeps.Table;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Sweeps;

/// <content>The runs whose curves are drawn: those that the table lists.</content>
public sealed partial class SweepPage
{
    /// <summary>Up to this many runs are reloaded with every change.</summary>
    private const int FewRuns = 50;

    /// <summary>The least time between readings of larger sweeps, whose best runs change slowly.</summary>
    private static readonly TimeSpan CurveRunsInterval = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _unknown = [];
    private IReadOnlyList<RunView> _curveRuns = [];

    /// <summary>The number of runs that match the filter.</summary>
    private int _curveTotal;
    private DateTimeOffset _curveRunsTime;
    private (string? Status, string? Filter) _curveRunsOf;

    private bool HasOtherCurveRuns => _curveRunsOf != (Status, Filter);

    private void ForgetCurveRuns() => (_curveRuns, _curveTotal, _curveRunsTime) = ([], 0, default);

    /// <summary>All runs that match the filter if a chart can show them; else those with the best objective.</summary>
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
                // Runs that do not match one filter may match another.
                _unknown.Clear();
                _curveRunsOf = wanted;
            }
        }

        _curveRuns = await WithSelectedAsync(runs, wanted, cancellationToken);
    }

    /// <summary>None if the address has an invalid filter, which the table explains.</summary>
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

    /// <summary>Selected runs have curves even if they are not among the best, provided that the table lists them.</summary>
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
                // The address has unknown runs or an invalid filter; the rest of the page is still shown.
            }

            _unknown.UnionWith(unseen.Except(others.Select(run => run.Id)));
        }

        return [.. runs.Concat(others).OrderBy(run => run.Cell)];
    }

    private IReadOnlyList<string> Unseen(IReadOnlyList<RunView> runs) =>
        [.. Table.Selection.Ids.Except(runs.Select(run => run.Id)).Except(_unknown).Take(TableSelection.MostIds)];
}
