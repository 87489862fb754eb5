using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Search;

/// <summary>Turns a sweep, with a space or without, into the configurations of its runs. Pure: equal sweeps give equal cells.</summary>
public static class SweepExpansion
{
    /// <summary>
    /// All distinct cells, checked; a sweep that cannot run gives errors instead. Of a sweep whose runs are proposed from results, those of the launch.
    /// </summary>
    public static GridExpansionResult Expand(SweepSpec spec)
    {
        if (spec.Space.Count == 0)
        {
            return GridExpansion.Expand(spec);
        }

        if (SearchMethods.IsAdaptive(spec))
        {
            SearchStep<SearchState> step = AdaptiveSearch.Instance.Apply(SearchState.Initial, new SearchEvent.Launched(spec));
            IEnumerable<GridCell> first = step.Actions.OfType<SearchAction.CreateRun>().Select(run => new GridCell(run.Cell, run.Hyperparameters) { Grid = run.Grid });
            return new GridExpansionResult([.. first], step.State.Duplicates, step.Errors);
        }

        IReadOnlyDictionary<string, string[]> errors = SweepDimensions.Check(spec.Space);
        return errors.Count > 0 ? new GridExpansionResult([], 0, errors) : SpaceExpansion.Expand(spec, new SpaceDraws(spec.Space, spec.Search!).ValuesOf);
    }
}
