using Experiments.GpuWorker.Randomness;

namespace Experiments.GpuWorker.Models.Layers;

/// <summary>
/// The random numbers of a network's layers: a pure function of (seed, iteration, part, layer). There is no generator state to save, and
/// nothing else in the process affects it, unlike torch's global generator.
/// </summary>
public sealed class StepRandomness
{
    private const int MostLayers = 1 << 20;

    private long _seed;
    private long _iteration;
    private int _part;
    private int _layers;

    /// <summary>Selects the numbers of the next forward pass.</summary>
    /// <param name="part">The index of the micro-batch in the iteration's batch.</param>
    public void Prepare(long seed, long iteration, int part = 0) => (_seed, _iteration, _part) = (seed, iteration, part);

    /// <summary>The number of the next layer, in the order of construction.</summary>
    internal int AddLayer() => _layers++;

    internal CounterRandom Of(int layer) =>
        CounterRandom.For(_seed, RandomPurpose.Dropout, _iteration, ((long)_part * MostLayers) + layer);
}
