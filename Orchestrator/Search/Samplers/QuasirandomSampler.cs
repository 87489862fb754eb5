using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Orchestrator.Search.Samplers;

/// <summary>
/// A scrambled Sobol sequence: it covers the space more evenly than random points, from its first point on (Owen, "On dropping the first Sobol' point",
/// 2020). Dimensions beyond those that have direction numbers (<see cref="SobolSequence.Dimensions"/>) are random.
/// </summary>
public sealed class QuasirandomSampler : ISampler
{
    public static QuasirandomSampler Instance { get; } = new();

    public Point Propose(SearchSpace space, ulong seed, int index, IReadOnlyList<Trial> history)
    {
        double[] unit = new double[space.Dimensions.Count];
        for (int dimension = 0; dimension < unit.Length; dimension++)
        {
            unit[dimension] = dimension < SobolSequence.Dimensions
                ? SobolSequence.Scrambled(seed, index, dimension)
                : CounterHash.Unit(seed, index, dimension);
        }

        return space.FromUnit(unit);
    }
}
