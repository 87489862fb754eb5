using Experiments.Contracts.Api;
using Experiments.Orchestrator.Search.Stopping;
using Experiments.Orchestrator.Sweeps.Views;

namespace Experiments.Orchestrator.Tests.Sweeps.Views;

public sealed class RungTallyTests
{
    private static readonly IStoppingRule Asha = StoppingRules.Create(new StoppingSettings("asha", 9));

    [Fact]
    public void PointsOf_FewRuns_HasEachWithItsFateBestFirst()
    {
        RungRun[] runs =
        [
            Run(1, RunPhase.Paused, epoch: 1, 0.1),
            Run(2, RunPhase.Ended, epoch: 9, 0.2, 0.5),
            Run(3, RunPhase.Failed, epoch: 1, double.NaN),
            Run(4, RunPhase.Failed, epoch: 2, 0.3),
            Run(5, RunPhase.Stopped, epoch: 3, 0.4, 0.6),
            Run(6, RunPhase.UnderWay, epoch: 1, 0.05),
        ];

        IReadOnlyList<RungPoints> rungs = RungTally.PointsOf(Asha, lowerIsBetter: false, runs, maxPoints: 10);

        Assert.Equal([1, 3], rungs.Select(rung => rung.Epoch));
        Assert.Equal([5, 4, 2, 1, 6, 3], rungs[0].Cells);
        Assert.Equal([0.4, 0.3, 0.2, 0.1, 0.05, null], rungs[0].Values);
        Assert.Equal([RungFate.Continued, RungFate.Continued, RungFate.Continued, RungFate.Paused, RungFate.Continued, RungFate.Ended], rungs[0].Fates);
        Assert.Equal([RungFate.Stopped, RungFate.Continued], rungs[1].Fates);
        Assert.Equal([new SearchRung(1, 6, 4, 1, 0), new SearchRung(3, 2, 1, 0, 1)], RungTally.Of(Asha, runs));
    }

    [Fact]
    public void PointsOf_TenThousandRuns_ShowsSomeOfEachRankWithBestAndWorst()
    {
        RungRun[] runs = [.. Enumerable.Range(1, 10_000).Select(cell => Run(cell, RunPhase.Paused, epoch: 1, cell))];

        RungPoints rung = RungTally.PointsOf(Asha, lowerIsBetter: true, runs, maxPoints: 100)[0];

        Assert.Equal((10_000, 100, 1, 10_000), (rung.Reached, rung.Cells.Count, rung.Cells[0], rung.Cells[^1]));
        Assert.All(rung.Cells.Zip(rung.Cells.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 100, 102));
    }

    [Fact]
    public void Of_RuleThatDecidesAfterEveryEpoch_HasSomeOfThem()
    {
        IStoppingRule median = StoppingRules.Create(new StoppingSettings("median", 100));

        IReadOnlyList<SearchRung> rungs = RungTally.Of(median, [Run(1, RunPhase.UnderWay, epoch: 2, 0.1, 0.2)]);

        Assert.Equal((RungTally.MostRungs, 1, 99), (rungs.Count, rungs[0].Epoch, rungs[^1].Epoch));
        Assert.Equal((1, 0), (rungs[0].Reached, rungs[^1].Reached));
    }

    private static RungRun Run(int cell, RunPhase phase, int epoch, params double[] values) =>
        new($"r{cell}", cell, epoch, new RunProgress { Phase = phase, Epoch = epoch, Values = [.. values] });
}
