using Experiments.Contracts.Api;
using Experiments.Orchestrator.Metrics;
using Experiments.Orchestrator.Metrics.Database;

namespace Experiments.Orchestrator.Tests.Metrics;

public sealed class ThinnedCurvesTests
{
    private readonly ThinnedCurves _curves = new(mostPoints: 1000);

    [Fact]
    public void Find_WhatWasAdded_IsThereForThatSizeAlone()
    {
        SeriesPoint[] points = Add(One, 400);

        Assert.Same(points, _curves.Find(One, 500));
        Assert.Null(_curves.Find(One, 501));
        Assert.Null(_curves.Find(Two, 500));
    }

    [Fact]
    public void Find_AfterAChange_IsNothing()
    {
        Add(One, 400);
        _curves.Changed(One.RunId);

        Assert.Null(_curves.Find(One, 500));
    }

    /// <summary>Somebody reads, somebody else stores a point, then the first one notes what was read before.</summary>
    [Fact]
    public void Add_WhatWasReadBeforeAChange_IsNotFoundAfter()
    {
        long version = _curves.VersionOf(One.RunId);
        _curves.Changed(One.RunId);
        _curves.Add(One, 500, version, Points(400));

        Assert.Null(_curves.Find(One, 500));
    }

    [Fact]
    public void Add_MoreThanFit_LetsGoOfWhatWasUsedLongestAgo()
    {
        Add(One, 400);
        Add(Two, 400);
        _curves.Find(One, 500);
        Add(Three, 400);

        Assert.NotNull(_curves.Find(One, 500));
        Assert.Null(_curves.Find(Two, 500));
        Assert.NotNull(_curves.Find(Three, 500));
        Add(Two, 2000);
        Assert.Null(_curves.Find(Two, 500));
    }

    private static Series One { get; } = new() { Id = 1, RunId = "r1", Name = "loss" };

    private static Series Two { get; } = new() { Id = 2, RunId = "r2", Name = "loss" };

    private static Series Three { get; } = new() { Id = 3, RunId = "r3", Name = "loss" };

    private SeriesPoint[] Add(Series series, int count)
    {
        SeriesPoint[] points = Points(count);
        _curves.Add(series, 500, _curves.VersionOf(series.RunId), points);
        return points;
    }

    private static SeriesPoint[] Points(int count) => [.. Enumerable.Range(0, count).Select(i => new SeriesPoint(i, i, default))];
}
