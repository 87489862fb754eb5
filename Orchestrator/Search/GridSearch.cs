using System.Text.Json;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Effects;
using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Search;

/// <summary>The state of a grid search.</summary>
/// <param name="Spec">The sweep with all its axes; null before the launch.</param>
/// <param name="LastCell">The highest cell number assigned so far.</param>
/// <param name="Duplicates">The number of cells that equal another one.</param>
public sealed record GridSearchState(SweepSpec? Spec, int LastCell, int Duplicates)
{
    public static GridSearchState Initial { get; } = new(null, 0, 0);

    /// <summary>Everything that cannot be derived from the sweep's stored spec.</summary>
    public string ToJson() => JsonSerializer.Serialize(new Stored(LastCell, Duplicates));

    /// <exception cref="JsonException">It is not what <see cref="ToJson"/> wrote.</exception>
    public static GridSearchState FromJson(string json, SweepSpec spec)
    {
        Stored stored = JsonSerializer.Deserialize<Stored>(json) ?? throw new JsonException("not the state of a grid search: null");
        return new GridSearchState(spec, stored.LastCell, stored.Duplicates);
    }

    private sealed record Stored(int LastCell, int Duplicates);
}

/// <summary>Tries every cell of all grids, in order; with a space, the configurations drawn for each of them.</summary>
public sealed class GridSearch : ISearchMethod<GridSearchState>
{
    public static GridSearch Instance { get; } = new();

    public SearchStep<GridSearchState> Apply(GridSearchState state, SearchEvent @event) => @event switch
    {
        SearchEvent.Launched launched => Create(state, launched.Spec, known: []),
        SearchEvent.Extended extended when state.Spec is { } spec => Extend(state, spec, extended.Grid),
        SearchEvent.Extended => throw new InvalidOperationException("the sweep is extended before it was launched"),
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "not an event that a grid search knows"),
    };

    private static SearchStep<GridSearchState> Extend(GridSearchState state, SweepSpec spec, GridExtension extension) =>
        GridUnion.Check(spec, extension) is { Count: > 0 } errors
            ? new SearchStep<GridSearchState>(state, [], errors)
            : Create(state, GridUnion.Extend(spec, extension), CellsOf(spec));

    /// <summary>Existing cells keep their numbers, and new ones get the next numbers.</summary>
    /// <param name="known">The existing cells in resolved form: a cell that differs from one only in values without effect is not new.</param>
    private static SearchStep<GridSearchState> Create(GridSearchState state, SweepSpec spec, HashSet<Hyperparameters> known)
    {
        GridExpansionResult expansion = SweepExpansion.Expand(spec);
        if (expansion.Errors.Count > 0)
        {
            return new SearchStep<GridSearchState>(state, [], expansion.Errors);
        }

        int last = state.LastCell;
        SearchAction[] actions =
        [
            .. expansion.Cells
                .Where(cell => !known.Contains(HyperparameterEffects.Settle(cell.Hyperparameters)))
                .Select(cell => new SearchAction.CreateRun(++last, cell.Hyperparameters) { Grid = cell.Grid }),
        ];
        return new SearchStep<GridSearchState>(new GridSearchState(spec, last, expansion.Duplicates), actions, expansion.Errors);
    }

    private static HashSet<Hyperparameters> CellsOf(SweepSpec spec) =>
        [.. SweepExpansion.Expand(spec).Cells.Select(cell => HyperparameterEffects.Settle(cell.Hyperparameters))];
}
