using Experiments.Orchestrator.Search.Samplers;
using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Benchmarks.Search;

/// <summary>One search by a sampler of ours or of a peer.</summary>
internal interface IProposer
{
    /// <summary>The next point to try.</summary>
    Point Ask();

    /// <param name="index">The number of the point, from 0 in the order of <see cref="Ask"/>.</param>
    /// <param name="value">Larger is better.</param>
    void Tell(int index, double value);
}

/// <summary>A sampler of ours, with the history that it needs.</summary>
internal sealed class OurProposer(ISampler sampler, SearchSpace space, ulong seed) : IProposer
{
    private readonly List<Trial> _history = [];

    public Point Ask()
    {
        Point point = sampler.Propose(space, seed, _history.Count, _history);
        _history.Add(new Trial(point, null));
        return point;
    }

    public void Tell(int index, double value) => _history[index] = _history[index] with { Value = value };
}
