using Experiments.Contracts.Api;
using Experiments.Orchestrator.Runs.Groups;

namespace Experiments.Orchestrator.Tests.Runs.Groups;

public sealed class GroupCurveTests
{
    [Fact]
    public void Of_TwoRuns_HasMeanAndDeviationOfEachEpoch()
    {
        IReadOnlyList<GroupPoint> points = GroupCurve.Of([Curve(0.2, 0.6), Curve(0.4)], points: 10, perRun: 100);

        Assert.Equal([(1, 2), (2, 1)], points.Select(point => ((int)point.Step, point.Runs)));
        Assert.Equal((0.3, 0.6), (points[0].Mean, points[1].Mean), Tolerant);
        Assert.Equal(Math.Sqrt(0.02), points[0].Deviation!.Value, tolerance: 1e-12);
        Assert.Null(points[1].Deviation);
    }

    [Fact]
    public void Of_MoreEpochsThanPoints_CountsEachRunOnceAStretch()
    {
        GroupPoint point = Assert.Single(GroupCurve.Of([Curve(1, 2, 3), Curve(5)], points: 1, perRun: 100));

        Assert.Equal((3, 3.5, 2), (point.Step, point.Mean, point.Runs));
        Assert.Equal(Math.Sqrt(4.5), point.Deviation!.Value, tolerance: 1e-12);
    }

    [Fact]
    public void Of_ThinnedCurves_HasNoStretchWithASingleExtreme()
    {
        IReadOnlyList<SeriesPoint> thinned = [.. Enumerable.Range(1, 10).Select(place => new SeriesPoint(place * 100, place, default))];

        Assert.Equal([200L, 400L, 600L, 800L, 1000L], GroupCurve.Of([thinned], points: 1000, perRun: 10).Select(point => point.Step));
    }

    [Fact]
    public void Of_ValueThatIsNoNumber_IsNotCounted() =>
        Assert.Equal([new GroupPoint(2, 4, null, 1)], GroupCurve.Of([Curve(double.NaN, 4)], points: 10, perRun: 10));

    [Fact]
    public void Of_NoPoints_IsEmpty() => Assert.Empty(GroupCurve.Of([[], []], 10, 10));

    private static IEqualityComparer<(double, double)> Tolerant { get; } = EqualityComparer<(double A, double B)>.Create(
        (one, other) => Math.Abs(one.A - other.A) < 1e-12 && Math.Abs(one.B - other.B) < 1e-12);

    private static IReadOnlyList<SeriesPoint> Curve(params double[] values) => [.. values.Select((value, place) => new SeriesPoint(place + 1, value, default))];
}
