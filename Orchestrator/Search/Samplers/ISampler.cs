using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Orchestrator.Search.Samplers;

/// <summary>
/// Proposes the points of a search. A sampler is a pure function: equal arguments give an equal point, in every process. Randomness depends on the seed and the
/// index alone, so a search stores nothing but its trials.
/// </summary>
public interface ISampler
{
    /// <param name="index">The number of the point in the search, from 0. Each is proposed once; equal indices give equal points for an equal history.</param>
    /// <param name="history">The trials so far in the order of their proposals, with those under way.</param>
    Point Propose(SearchSpace space, ulong seed, int index, IReadOnlyList<Trial> history);
}
