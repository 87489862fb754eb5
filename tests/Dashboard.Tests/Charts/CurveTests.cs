using CsCheck;
using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class CurveTests
{
    [Fact]
    public void Add_AnyOrder_GivesOnePointPerStepInOrder() =>
        Gen.Int[1, 50].Array.Sample(steps =>
        {
            var curve = new Curve();
            curve.Add(steps.Select((step, index) => Point(step, index, index)));

            Assert.Equal(steps.Distinct().Order().Select(step => (long)step), curve.Points.Select(point => point.Step));
        });

    [Fact]
    public void Add_SameStepMeasuredLater_Replaces()
    {
        var curve = new Curve();
        curve.Add(Point(1, 0.5, seconds: 10));
        curve.Add(Point(1, 0.7, seconds: 20));
        curve.Add(Point(1, 0.6, seconds: 15));

        Assert.Equal(0.7, Assert.Single(curve.Points).Value);
    }

    [Fact]
    public void Revision_Appending_StaysTheSame()
    {
        var curve = new Curve();
        curve.Add([Point(1, 1, 1), Point(2, 1, 2), Point(2, 1, 2), Point(3, 1, 3)]);

        Assert.Equal(0, curve.Revision);
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(1, 9)]
    public void Revision_PointInTheMiddleOrChanged_Grows(int step, double value)
    {
        var curve = new Curve();
        curve.Add([Point(1, 1, 1), Point(3, 1, 3)]);

        curve.Add(Point(step, value, 99));

        Assert.Equal(1, curve.Revision);
    }

    [Fact]
    public void Bound_TooLong_ThinsAndKeepsTheLatest()
    {
        var curve = new Curve();
        curve.Add(Enumerable.Range(1, 1001).Select(step => Point(step, step % 7, step)));

        curve.Bound(1000);

        Assert.InRange(curve.Points.Count, 400, 500);
        Assert.Equal(1001, curve.Points[^1].Step);
        Assert.Equal(1, curve.Revision);
    }

    private static SeriesPoint Point(long step, double value, int seconds) => new(step, value, Samples.Time.AddSeconds(seconds));
}
