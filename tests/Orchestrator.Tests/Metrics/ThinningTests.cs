using CsCheck;
using Experiments.Contracts.Api;
using Experiments.Orchestrator.Metrics;

namespace Experiments.Orchestrator.Tests.Metrics;

public sealed class ThinningTests
{
    private static readonly Gen<SeriesPoint[]> Curves =
        Gen.Double[-1e6, 1e6].Array[0, 300].Select(values => values.Select((value, i) => new SeriesPoint(i, value, default)).ToArray());

    [Fact]
    public void Reduce_AnyCurve_KeepsEndsAndExtremesInOrderAndFewEnough() =>
        Gen.Select(Curves, Gen.Int[4, 100]).Sample((points, most) =>
        {
            IReadOnlyList<SeriesPoint> kept = Thinning.Reduce(points, most);

            Assert.True(kept.Count <= most, $"{kept.Count} of {most}");
            Assert.Equal(kept.OrderBy(point => point.Step), kept);
            Assert.Equal(kept.Distinct(), kept);
            Assert.All(kept, point => Assert.Equal(points[point.Step], point));
            if (points.Length > 0)
            {
                Assert.Equal((points[0], points[^1]), (kept[0], kept[^1]));
                Assert.Equal(points.Min(point => point.Value), kept.Min(point => point.Value));
                Assert.Equal(points.Max(point => point.Value), kept.Max(point => point.Value));
            }
        });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Reduce_ToVeryFew_KeepsAsMany(int most)
    {
        SeriesPoint[] points = [.. Enumerable.Range(0, 50).Select(i => new SeriesPoint(i, Math.Sin(i), default))];

        Assert.Equal(most, Thinning.Reduce(points, most).Count);
    }

    [Fact]
    public void Reduce_ShortCurve_IsLeftAlone()
    {
        SeriesPoint[] points = [new(1, 1, default), new(2, 2, default)];

        Assert.Same(points, Thinning.Reduce(points, 2));
    }
}
