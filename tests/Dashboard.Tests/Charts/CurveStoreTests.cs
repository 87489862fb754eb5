using Experiments.Contracts.Api;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

/// <summary>The attempt number decides between live points and history.</summary>
public sealed class CurveStoreTests
{
    private const string Metric = MetricNames.ValidationLoss;
    private readonly CurveStore _store = new();

    /// <summary>A worker was cut off, lost its lease, and still sends points; its clock is an hour ahead.</summary>
    [Fact]
    public void Add_LateBatchOfAnEarlierAttempt_DoesNotDrawOverItsSuccessor()
    {
        _store.Add(Batch(attempt: 2, ahead: TimeSpan.Zero, (3, 0.3), (4, 0.4)));

        _store.Add(Batch(attempt: 1, ahead: TimeSpan.FromHours(1), (3, 9), (4, 9), (5, 9)));

        Assert.Equal([0.3, 0.4, 9], Values());
        _store.Add(Batch(attempt: 2, ahead: TimeSpan.Zero, (5, 0.5)));
        Assert.Equal([0.3, 0.4, 0.5], Values());
    }

    [Fact]
    public void Add_HistoryOfASuccessorThatWasMissed_ReplacesWhatCameLive()
    {
        _store.Add(Batch(attempt: 1, ahead: TimeSpan.FromHours(1), (1, 0.1), (2, 9)));

        _store.Add(Metric, "r1", [new SeriesPoint(1, 0.1, Samples.Time, 1), new SeriesPoint(2, 0.2, Samples.Time, 2)]);
        _store.Add(Batch(attempt: 1, ahead: TimeSpan.FromHours(1), (2, 9)));

        Assert.Equal([0.1, 0.2], Values());
    }

    [Fact]
    public void Fence_CompletedRun_EndsWhereItsLastAttemptDid()
    {
        _store.Add(Batch(attempt: 1, ahead: TimeSpan.Zero, (4, 9), (5, 9)));
        _store.Add(Batch(attempt: 2, ahead: TimeSpan.Zero, (3, 0.3), (4, 0.4)));

        _store.Fence([Samples.Run(1, RunStatus.Completed, epoch: 4) with { Attempt = 2 }]);
        _store.Add(Batch(attempt: 1, ahead: TimeSpan.Zero, (6, 9)));

        Assert.Equal([0.3, 0.4], Values());
    }

    private double[] Values() => [.. _store.Get(Metric, "r1").Points.Select(point => point.Value)];

    private static MetricBatch Batch(int attempt, TimeSpan ahead, params (long Step, double Value)[] points) => new(
        "s1", "r1", attempt, [.. points.Select((point, i) => new MetricPoint(i + 1, Metric, point.Step, point.Value, Samples.Time + ahead))]);
}
