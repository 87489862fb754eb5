using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Search.Samplers;

namespace Experiments.Orchestrator.Search;

/// <summary>
/// Proposes configurations from the results of ended runs. Each combination of the grid is searched on its own: some runs are proposed at the launch, each
/// further one when another has ended.
/// </summary>
public sealed class AdaptiveSearch : ISearchMethod<SearchState>
{
    /// <summary>The runs of each combination that need no results to learn from.</summary>
    public const int StartupRuns = TpeSampler.Startup;

    /// <summary>The value of <see cref="SearchSpec.Parallel"/> when a sweep does not set it.</summary>
    public const int DefaultParallel = 8;

    public static AdaptiveSearch Instance { get; } = new();

    public SearchStep<SearchState> Apply(SearchState state, SearchEvent @event) => @event switch
    {
        SearchEvent.Launched launched => Launch(launched.Spec),
        SearchEvent.Extended extended when state.Spec is { } spec => Extend(state, spec, extended.Grid),
        SearchEvent.Observed observed when state.Spec is not null => Observe(state, observed.Facts),
        SearchEvent.Extended or SearchEvent.Observed => throw new InvalidOperationException("an event of a sweep before its launch"),
        _ => throw new ArgumentOutOfRangeException(nameof(@event), @event, "not an event that an adaptive search knows"),
    };

    private static SearchStep<SearchState> Launch(SweepSpec spec)
    {
        IReadOnlyDictionary<string, string[]> errors = Check(spec);
        return errors.Count > 0 ? Refuse(SearchState.Initial, errors) : Propose(SearchState.Initial with { Spec = spec });
    }

    private static SearchStep<SearchState> Extend(SearchState state, SweepSpec before, GridExtension extension)
    {
        IReadOnlyDictionary<string, string[]> errors = GridUnion.Check(before, extension);
        SweepSpec spec = GridUnion.Extend(before, extension);
        errors = errors.Count > 0 ? errors : Check(spec);
        if (errors.Count > 0)
        {
            return Refuse(state, errors);
        }

        // An extension keeps all combinations, at other places among the new ones.
        int[] places = [.. Places(before, spec)];
        return Propose(state with
        {
            Spec = spec,
            Proposals = [.. state.Proposals.Select(proposal => proposal with { Combination = places[proposal.Combination] })],
            Exhausted = [],
        });
    }

    private static SearchStep<SearchState> Observe(SearchState state, IReadOnlyList<RunFact> facts)
    {
        Dictionary<int, RunFact> byCell = facts.ToDictionary(fact => fact.Cell);
        return Propose(state with
        {
            Proposals =
            [
                .. state.Proposals.Select(proposal => byCell.TryGetValue(proposal.Cell, out RunFact? fact)
                    ? proposal with { Outcome = fact.Outcome, Value = fact.Outcome == ProposalOutcome.Measured ? fact.Value : null }
                    : proposal),
            ],
        });
    }

    private static SearchStep<SearchState> Propose(SearchState state)
    {
        if (state.IsStopped)
        {
            return new SearchStep<SearchState>(state, [], NoErrors);
        }

        var round = new ProposalRound(state);
        round.Fill();
        return round.Errors.Count > 0 ? Refuse(state, round.Errors) : new SearchStep<SearchState>(round.State, round.Actions, NoErrors);
    }

    private static IReadOnlyDictionary<string, string[]> NoErrors { get; } = new Dictionary<string, string[]>();

    private static SearchStep<SearchState> Refuse(SearchState state, IReadOnlyDictionary<string, string[]> errors) => new(state, [], errors);

    private static IReadOnlyDictionary<string, string[]> Check(SweepSpec spec) =>
        SpaceExpansion.Check(spec) is { Count: > 0 } errors ? errors : SweepDimensions.Check(spec.Space);

    /// <summary>For each combination before, its index after.</summary>
    private static IEnumerable<int> Places(SweepSpec before, SweepSpec after)
    {
        var indexes = new Dictionary<(int Grid, Contracts.Configuration.Hyperparameters), Queue<int>>();
        foreach ((int index, GridCombination combination) in SpaceExpansion.Combinations(after).Index())
        {
            if (!indexes.TryGetValue((combination.Grid, combination.Hyperparameters), out Queue<int>? places))
            {
                indexes.Add((combination.Grid, combination.Hyperparameters), places = new Queue<int>());
            }

            places.Enqueue(index);
        }

        return SpaceExpansion.Combinations(before).Select(combination => indexes[(combination.Grid, combination.Hyperparameters)].Dequeue());
    }
}
