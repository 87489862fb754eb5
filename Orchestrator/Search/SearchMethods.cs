using Experiments.Contracts.Grids;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Search;

/// <summary>Chooses the search method of a sweep.</summary>
public static class SearchMethods
{
    /// <summary>Whether the sweep's runs are proposed while it runs, from the results so far.</summary>
    public static bool IsAdaptive(SweepSpec spec) => spec.Search?.Sampler == SamplerKind.Tpe;

    /// <summary>The number of runs that are still to be proposed; 0 for a search that created all runs at the launch.</summary>
    public static int CountToCome(SearchState state)
    {
        if (state.Spec is not { Search: { } search } spec || state.IsStopped || !IsAdaptive(spec))
        {
            return 0;
        }

        var proposed = state.Proposals.CountBy(proposal => proposal.Combination).ToDictionary();
        return SpaceExpansion.Combinations(spec).Index().Where(combination => !state.Exhausted.Contains(combination.Index))
            .Sum(combination => search.Runs - proposed.GetValueOrDefault(combination.Index));
    }

    /// <exception cref="InvalidOperationException">The sweep was not launched yet.</exception>
    public static SearchStep<SearchState> Apply(SearchState state, SearchEvent @event)
    {
        SweepSpec spec = (@event as SearchEvent.Launched)?.Spec ?? state.Spec ?? throw new InvalidOperationException("a search without a sweep");
        return IsAdaptive(spec) ? AdaptiveSearch.Instance.Apply(state, @event) : GridSearch.Instance.Apply(state, @event);
    }
}
