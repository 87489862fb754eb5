using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Orchestrator.Search.Samplers;

/// <summary>Independent uniform points.</summary>
public sealed class RandomSampler : ISampler
{
    public static RandomSampler Instance { get; } = new();

    public Point Propose(SearchSpace space, ulong seed, int index, IReadOnlyList<Trial> history)
    {
        double[] unit = new double[space.Dimensions.Count];
        for (int dimension = 0; dimension < unit.Length; dimension++)
        {
            unit[dimension] = CounterHash.Unit(seed, index, dimension);
        }

        return space.FromUnit(unit);
    }
}
