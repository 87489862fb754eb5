using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Search.Samplers;

namespace Experiments.Orchestrator.Search;

/// <summary>The values that a sampler without memory draws from the space of a sweep.</summary>
internal sealed class SpaceDraws
{
    private readonly SweepDimensions _dimensions;
    private readonly SearchSpec _search;
    private readonly ISampler _sampler;
    private readonly List<IReadOnlyList<object?>> _drawn = [];

    public SpaceDraws(IReadOnlyList<SpaceAxis> axes, SearchSpec search)
    {
        _dimensions = new SweepDimensions(axes);
        _search = search;
        _sampler = search.Sampler switch
        {
            SamplerKind.Random => RandomSampler.Instance,
            SamplerKind.Quasirandom => QuasirandomSampler.Instance,
            _ => throw new ArgumentOutOfRangeException(nameof(search), search.Sampler, "learns from results: it does not draw all at the launch"),
        };
    }

    /// <summary>The values of the axes in a draw, in their order.</summary>
    /// <param name="index">From 0.</param>
    public IReadOnlyList<object?> ValuesOf(int index)
    {
        while (_drawn.Count <= index)
        {
            _drawn.Add(_dimensions.ValuesOf(_sampler.Propose(_dimensions.Space, (ulong)_search.Seed, _drawn.Count, [])));
        }

        return _drawn[index];
    }
}
