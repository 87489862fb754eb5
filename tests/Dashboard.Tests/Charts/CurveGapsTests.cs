using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Tests.Charts;

public sealed class CurveGapsTests
{
    private const string Metric = "validation/accuracy";
    private readonly CurveGaps _gaps = new();
    private readonly CurveStore _store = new();

    [Fact]
    public void TakeMissing_FirstLook_AsksForEveryRunThatHasTrained() =>
        Assert.Equal(["r1"], Take(Samples.Run(1, epoch: 3), Samples.Run(2, RunStatus.Queued, accuracy: null, epoch: 0)));

    [Fact]
    public void TakeMissing_LivePointsCame_AsksForNothing()
    {
        Take(Samples.Run(1, epoch: 3));
        _store.Add(Metric, "r1", [new SeriesPoint(4, 0.9, Samples.Time, Attempt: 1)]);

        Assert.Empty(Take(Samples.Run(1, epoch: 4)));
    }

    /// <summary>An attempt that lost its lease may have sent later steps than its successor has reached: the successor's points are not hidden.</summary>
    [Fact]
    public void TakeMissing_OnlyAnEarlierAttemptCameLive_AsksForThePresentOnes()
    {
        Take(Samples.Run(1, epoch: 3));
        _store.Add(Metric, "r1", [new SeriesPoint(7, 0.9, Samples.Time, Attempt: 1)]);

        Assert.Equal(["r1"], Take(Samples.Run(1, epoch: 4) with { Attempt = 2 }));
    }

    [Fact]
    public void TakeMissing_EpochsWithoutPoints_AsksAgain()
    {
        Take(Samples.Run(1, epoch: 3));

        Assert.Equal(["r1"], Take(Samples.Run(1, epoch: 5)));
    }

    [Fact]
    public void TakeMissing_RunWithoutThatMetric_IsAskedForOncePerEpoch()
    {
        Take(Samples.Run(1, epoch: 3));

        Assert.Empty(Take(Samples.Run(1, epoch: 3)));
    }

    [Fact]
    public void Reset_AfterAFailure_AsksForEverythingAgain()
    {
        Take(Samples.Run(1, epoch: 3));

        _gaps.Reset();

        Assert.Equal(["r1"], Take(Samples.Run(1, epoch: 3)));
    }

    private IReadOnlyList<string> Take(params RunView[] runs) => _gaps.TakeMissing(Metric, runs, _store);
}
