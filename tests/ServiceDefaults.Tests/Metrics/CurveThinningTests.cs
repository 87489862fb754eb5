using CsCheck;
using Experiments.Contracts.Api;
using Experiments.ServiceDefaults.Metrics;

namespace Experiments.ServiceDefaults.Tests.Metrics;

public sealed class CurveThinningTests
{
    private static readonly Gen<SeriesPoint[]> Curves =
        Gen.Double[-1e6, 1e6].Array[0, 300].Select(values => values.Select((value, i) => new SeriesPoint(i, value, default)).ToArray());

    /// <summary>Few distinct values, so that many points share the minimum or maximum.</summary>
    private static readonly Gen<SeriesPoint[]> FewValues =
        Gen.Double[-3, 3].Select(value => Math.Round(value, 1)).Array[5, 300].Select(values => values.Select((value, i) => new SeriesPoint(3 * i, value, default)).ToArray());

    [Fact]
    public void Reduce_AnyCurve_KeepsEndsAndExtremesInOrderAndFewEnough() =>
        Gen.Select(Curves, Gen.Int[4, 100]).Sample((points, most) =>
        {
            IReadOnlyList<SeriesPoint> kept = CurveThinning.Reduce(points, most);

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

        Assert.Equal(most, CurveThinning.Reduce(points, most).Count);
    }

    [Fact]
    public void Reduce_ShortCurve_IsLeftAlone()
    {
        SeriesPoint[] points = [new(1, 1, default), new(2, 2, default)];

        Assert.Same(points, CurveThinning.Reduce(points, 2));
    }

    [Fact]
    public void Result_PointsThatAreNotWantedSkipped_IsWhatThinningTheWholeGives() =>
        Gen.Select(FewValues, Gen.Int[4, 100]).Where(pair => pair.Item1.Length > pair.Item2).Sample((points, most) =>
        {
            var thinning = new CurveThinning(points.Length, most);
            foreach (SeriesPoint point in points)
            {
                if (thinning.Wants(point.Value))
                {
                    thinning.Take(point);
                }
                else
                {
                    thinning.Skip();
                }
            }

            Assert.Equal(Expected(points, most), thinning.Result());
            Assert.Equal(Expected(points, most), CurveThinning.Reduce(points, most));
        });

    /// <summary>The definition, for a curve in memory.</summary>
    private static IEnumerable<SeriesPoint> Expected(SeriesPoint[] points, int most)
    {
        int between = points.Length - 2;
        int stretches = (most - 2) / 2;
        IEnumerable<SeriesPoint> extremes = Enumerable.Range(0, stretches)
            .Select(stretch => points[(1 + (between * stretch / stretches))..(1 + (between * (stretch + 1) / stretches))])
            .SelectMany(stretch => new[] { stretch.MinBy(point => point.Value), stretch.MaxBy(point => point.Value) }.Distinct().OrderBy(point => point.Step));
        return [points[0], .. extremes, points[^1]];
    }
}
