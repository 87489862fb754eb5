using CsCheck;
using Experiments.Orchestrator.Control;

namespace Experiments.Orchestrator.Tests.Control;

public sealed class BulkDeletionTests
{
    [Fact]
    public void Order_RunsThatNeedOthers_ComeBeforeThem() =>
        Gen.Select(Gen.Int[1, 12], Gen.Select(Gen.Int[0, 11], Gen.Int[0, 11]).Array[0, 20], Gen.Int[0, 1000]).Sample((count, pairs, seed) =>
        {
            string[] ids = [.. Enumerable.Range(0, count).Select(number => $"{(number * 7) + seed}").OrderBy(id => id, StringComparer.Ordinal)];
            (string, string)[] needs = [.. pairs.Where(pair => pair.Item1 > pair.Item2 && pair.Item1 < count).Select(pair => (ids[pair.Item1], ids[pair.Item2])).Distinct()];

            IReadOnlyList<string> order = BulkDeletion.Order(ids, needs);

            Assert.Equal(ids.Order(), order.Order());
            Assert.All(needs, need => Assert.True(order.ToList().IndexOf(need.Item1) < order.ToList().IndexOf(need.Item2)));
        });

    [Fact]
    public void Order_Circle_KeepsAll() => Assert.Equal(["c", "a", "b"], BulkDeletion.Order(["a", "b", "c"], [("a", "b"), ("b", "a")]));
}
