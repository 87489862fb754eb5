using CsCheck;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class ThinningTests
{
    private static readonly Gen<double[]> Values = Gen.Double[-10, 10].Array[1, 500];

    [Fact]
    public void KeepExtremes_AnyCurve_KeepsEndsSmallestLargestAndOrder() =>
        Gen.Select(Values, Gen.Int[4, 100]).Sample((values, target) =>
        {
            SeriesPoint[] points = [.. values.Select((value, index) => new SeriesPoint(index, value, Samples.Time))];

            IReadOnlyList<SeriesPoint> kept = Thinning.KeepExtremes(points, target);

            Assert.True(kept.Count <= Math.Max(target, 4));
            Assert.Equal(points[0], kept[0]);
            Assert.Equal(points[^1], kept[^1]);
            Assert.Equal(values.Min(), kept.Min(point => point.Value));
            Assert.Equal(values.Max(), kept.Max(point => point.Value));
            Assert.Equal(kept.OrderBy(point => point.Step).Distinct(), kept);
        });

    [Fact]
    public void KeepExtremes_ShortCurve_IsLeftAlone()
    {
        SeriesPoint[] points = [new(1, 1, Samples.Time), new(2, 2, Samples.Time)];

        Assert.Same(points, Thinning.KeepExtremes(points, 10));
    }
}
