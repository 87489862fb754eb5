namespace Experiments.GpuWorker.Randomness;

/// <summary>
/// A stream of random numbers that is a pure function of what it is for: the k-th number depends on (seed, purpose,
/// first, second, k) and on nothing that happened before. SplitMix64 (Steele, Lea and Flood, 2014) in counter mode.
/// </summary>
public struct CounterRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    private readonly ulong _key;
    private ulong _counter;

    private CounterRandom(ulong key) => _key = key;

    /// <param name="first">For example the epoch.</param>
    /// <param name="second">For example the sample.</param>
    public static CounterRandom For(long seed, RandomPurpose purpose, long first = 0, long second = 0)
    {
        ulong key = Mix((ulong)seed + Golden);
        key = Mix(key ^ ((ulong)purpose * Golden));
        key = Mix(key ^ (((ulong)first + 1) * Golden));
        key = Mix(key ^ (((ulong)second + 1) * Golden));
        return new CounterRandom(key);
    }

    public ulong NextUInt64() => Mix(_key + (++_counter * Golden));

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextUnit() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [<paramref name="minimum"/>, <paramref name="maximum"/>).</summary>
    public double Between(double minimum, double maximum) => minimum + ((maximum - minimum) * NextUnit());

    /// <summary>Uniform in [0, <paramref name="bound"/>).</summary>
    public int Below(int bound) => (int)Math.BigMul(NextUInt64(), (ulong)bound, out _);

    /// <summary>The numbers 0 to <paramref name="count"/> - 1 in random order (Fisher-Yates).</summary>
    public int[] Permutation(int count)
    {
        int[] order = new int[count];
        Permute(order);
        return order;
    }

    /// <summary>Fills <paramref name="order"/> with what <see cref="Permutation"/> would return.</summary>
    public void Permute(Span<int> order)
    {
        for (int i = 0; i < order.Length; i++)
        {
            int j = Below(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
    }

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
