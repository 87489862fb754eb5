namespace Experiments.Orchestrator.Search.Samplers;

/// <summary>
/// Random numbers that are a pure function of their key: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014) in
/// counter mode.
/// </summary>
internal static class CounterHash
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>64 random bits.</summary>
    /// <param name="index">The index of the proposed point.</param>
    /// <param name="dimension">The index of the dimension, or another purpose.</param>
    /// <param name="draw">The number of the draw for this index and dimension.</param>
    public static ulong Bits(ulong seed, int index, int dimension, int draw = 0)
    {
        ulong key = Mix(seed + Golden);
        key = Mix(key ^ (((ulong)(uint)index + 1) * Golden));
        key = Mix(key ^ (((ulong)(uint)dimension + 1) * Golden));
        return Mix(key + (((ulong)(uint)draw + 1) * Golden));
    }

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public static double Unit(ulong seed, int index, int dimension, int draw = 0) => (Bits(seed, index, dimension, draw) >> 11) * (1.0 / (1UL << 53));

    public static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
