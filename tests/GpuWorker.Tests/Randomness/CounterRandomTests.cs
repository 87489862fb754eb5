using Experiments.GpuWorker.Randomness;

namespace Experiments.GpuWorker.Tests.Randomness;

public class CounterRandomTests
{
    [Fact]
    public void NextUInt64_KnownSeed_IsWhatItAlwaysWas()
    {
        // Results of earlier runs depend on these.
        CounterRandom random = CounterRandom.For(42, RandomPurpose.Order, 3);

        Assert.Equal([12053886421481490502UL, 1083617150249014411UL, 5479849714158569945UL], new[] { random.NextUInt64(), random.NextUInt64(), random.NextUInt64() });
    }

    [Fact]
    public void For_AnyDifference_GivesAnotherStream()
    {
        ulong[] firsts =
        [
            .. from seed in Enumerable.Range(0, 5)
               from purpose in Enum.GetValues<RandomPurpose>()
               from first in Enumerable.Range(0, 5)
               from second in Enumerable.Range(0, 5)
               select CounterRandom.For(seed, purpose, first, second).NextUInt64(),
        ];

        Assert.Equal(firsts.Length, firsts.Distinct().Count());
    }

    [Fact]
    public void NextUnit_ManyDraws_IsUniform()
    {
        // The first number of each of many streams, which is how augmentation draws.
        double[] values = [.. Enumerable.Range(0, 10_000).Select(sample => CounterRandom.For(1, RandomPurpose.Augmentation, 0, sample).NextUnit())];

        Assert.All(values, value => Assert.InRange(value, 0, 0.9999999999999999));
        Assert.Equal(0.5, values.Average(), tolerance: 1e-2);
        Assert.All(values.GroupBy(value => (int)(value * 10)), group => Assert.InRange(group.Count(), 880, 1120));
    }

    [Fact]
    public void Permutation_Any_HoldsEveryNumberOnce()
    {
        CounterRandom random = CounterRandom.For(1, RandomPurpose.Order);

        int[] order = random.Permutation(100);

        Assert.Equal(Enumerable.Range(0, 100), order.Order());
        Assert.NotEqual(Enumerable.Range(0, 100), order);
        Assert.NotEqual(order, random.Permutation(100));
    }

    [Fact]
    public void Below_SmallBound_ReachesEveryNumberAndNoOther()
    {
        CounterRandom random = CounterRandom.For(1, RandomPurpose.Split);

        Assert.Equal([0, 1, 2], Enumerable.Range(0, 200).Select(_ => random.Below(3)).Distinct().Order());
    }
}
