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

    /// <summary>The clock of the worker that lost its lease is ahead.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void Add_SameStepOfTwoAttempts_KeepsTheLaterAttemptsWhicheverComesFirst(int first, int second)
    {
        var curve = new Curve();
        foreach (int attempt in (int[])[first, second])
        {
            curve.Add(Point(1, attempt, seconds: -1000 * attempt) with { Attempt = attempt });
        }

        Assert.Equal(2, Assert.Single(curve.Points).Value);
    }

    /// <summary>Live points of three attempts in any order, duplicated, with history in between: the result follows the archive's rule.</summary>
    [Fact]
    public void Add_AnyOrderOfAttempts_GivesWhatTheArchiveKeeps() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 3]).Array[1, 60].Sample(arrivals =>
        {
            var curve = new Curve();
            foreach ((int step, int attempt) in arrivals)
            {
                curve.Add(ValueOf(step, attempt, seconds: step - (100 * attempt)));
            }

            IReadOnlyList<SeriesPoint> archived = [.. arrivals.GroupBy(arrival => arrival.Item1).OrderBy(at => at.Key).Select(at => ValueOf(at.Key, at.Max(one => one.Item2), 0))];
            curve.AddHistory(archived);
            Assert.Equal(archived.Select(point => point.Value), curve.Points.Select(point => point.Value));

            static SeriesPoint ValueOf(int step, int attempt, int seconds) => Point(step, (100 * attempt) + step, seconds) with { Attempt = attempt };
        });

    [Fact]
    public void AddHistory_ThinnedAttempt_LeavesNothingOfEarlierOnesBetweenItsSteps()
    {
        var curve = new Curve();
        curve.Add(Enumerable.Range(1, 30).Select(step => Point(step, 1, 0) with { Attempt = 1 }));

        curve.AddHistory([Point(1, 1, 0) with { Attempt = 1 }, Point(10, 2, 0) with { Attempt = 2 }, Point(20, 2, 0) with { Attempt = 2 }]);

        Assert.Equal([.. Enumerable.Range(1, 10), .. Enumerable.Range(20, 11)], curve.Points.Select(point => (int)point.Step));
        Assert.Equal([10, 20], curve.Points.Where(point => point.Attempt == 2).Select(point => (int)point.Step));
    }

    [Fact]
    public void EndAt_WhatEarlierAttemptsMeasuredBeyond_IsGoneAndStaysAway()
    {
        var curve = new Curve();
        curve.Add(Enumerable.Range(1, 6).Select(step => Point(step, step, step) with { Attempt = 1 }));

        curve.EndAt(attempt: 2, step: 4);
        curve.Add(Point(5, 9, 99) with { Attempt = 1 });

        Assert.Equal([1, 2, 3, 4], curve.Points.Select(point => point.Step));
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
