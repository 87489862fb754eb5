using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class CurveViewTests
{
    private static readonly SeriesPoint[] Points =
        [.. Enumerable.Range(1, 50).Select(step => new SeriesPoint(step, step % 2, Samples.Time.AddSeconds(10 * step)))];

    [Fact]
    public void Apply_Plain_LeavesPointsAsTheyAre() =>
        Assert.Equal(Points.Select(point => ((double)point.Step, point.Value)), CurveView.Plain.Apply(Points, null));

    [Fact]
    public void Apply_Smoothing_BeginsAtTheFirstValueAndComesCloseToTheMean()
    {
        IReadOnlyList<(double X, double Y)> drawn = new CurveView(Smoothing: 0.9).Apply(Points, null);

        Assert.Equal(Points[0].Value, drawn[0].Y, tolerance: 1e-12);
        Assert.All(drawn.Skip(25), point => Assert.InRange(point.Y, 0.4, 0.6));
        Assert.All(new CurveView(Smoothing: 0.9).Apply([.. Points.Select(point => point with { Value = 7 })], null), point => Assert.Equal(7, point.Y, 12));
    }

    /// <summary>Otherwise every live point would redraw all earlier ones.</summary>
    [Fact]
    public void Apply_MorePoints_ChangesNoneBefore()
    {
        var view = new CurveView(Smoothing: 0.6, X: CurveX.Time);

        IReadOnlyList<(double X, double Y)> whole = view.Apply(Points, Samples.Time);

        Assert.Equal(whole.Take(20), view.Apply(Points[..20], Samples.Time));
        Assert.Equal(whole.Skip(20), view.Apply(Points, Samples.Time, skip: 20));
    }

    [Fact]
    public void Apply_Time_CountsSecondsFromTheRunsStart()
    {
        var view = new CurveView(X: CurveX.Time);

        Assert.Equal(10, view.Apply(Points, Samples.Time)[0].X);
        Assert.Equal(0, view.Apply(Points, null)[0].X);
        Assert.Equal(0, view.Apply(Points, Samples.Time.AddHours(1))[0].X);
    }

    [Theory]
    [InlineData(30, "seconds")]
    [InlineData(120, "minutes")]
    [InlineData(7199, "minutes")]
    [InlineData(7200, "hours")]
    public void TimeUnit_ForALength_ShowsAtLeastTwo(double seconds, string name) => Assert.Equal(name, TimeUnit.For(seconds).Name);
}
