using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Search;

/// <summary>Tries every cell of all grids, in order; with a space, the configurations drawn for each of them.</summary>
public sealed class GridSearch : ISearchMethod<SearchState>
{
    public static GridSearch Instance { get; } = new();

    public SearchStep<SearchState> Apply(SearchState state, SearchEvent @event) => @event switch
    {
        SearchEvent.Launched launched => Create(state, launched.Spec, known: []),
        SearchEvent.Extended extended when state.Spec is { } spec => Extend(state, spec, extended.Grid),
        SearchEvent.Extended => throw new InvalidOperationException("the sweep is extended before it was launched"),
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "not an event that a grid search knows"),
    };

    private static SearchStep<SearchState> Extend(SearchState state, SweepSpec spec, GridExtension extension) =>
        GridUnion.Check(spec, extension) is { Count: > 0 } errors
            ? new SearchStep<SearchState>(state, [], errors)
            : Create(state, GridUnion.Extend(spec, extension), CellsOf(spec));

    /// <summary>Existing cells keep their numbers, and new ones get the next numbers.</summary>
    /// <param name="known">The existing cells in resolved form: a cell that differs from one only in values without effect is not new.</param>
    private static SearchStep<SearchState> Create(SearchState state, SweepSpec spec, HashSet<Hyperparameters> known)
    {
        GridExpansionResult expansion = SweepExpansion.Expand(spec);
        if (expansion.Errors.Count > 0)
        {
            return new SearchStep<SearchState>(state, [], expansion.Errors);
        }

        int last = state.LastCell;
        SearchAction[] actions =
        [
            .. expansion.Cells
                .Where(cell => !known.Contains(HyperparameterEffects.Settle(cell.Hyperparameters)))
                .Select(cell => new SearchAction.CreateRun(++last, cell.Hyperparameters) { Grid = cell.Grid }),
        ];
        return new SearchStep<SearchState>(new SearchState(spec, last, expansion.Duplicates), actions, expansion.Errors);
    }

    private static HashSet<Hyperparameters> CellsOf(SweepSpec spec) =>
        [.. SweepExpansion.Expand(spec).Cells.Select(cell => HyperparameterEffects.Settle(cell.Hyperparameters))];
}
