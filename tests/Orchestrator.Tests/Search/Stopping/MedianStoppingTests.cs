using Experiments.Orchestrator.Search.Stopping;

namespace Experiments.Orchestrator.Tests.Search.Stopping;

public sealed class MedianStoppingTests
{
    [Fact]
    public void Apply_BestWorseThanTheMedianOfAverages_StopsWithTheReason()
    {
        SimulatedSweep sweep = Sweep((run, epoch) => run < 10 ? run * epoch / 10.0 : 0.2);
        Train(sweep, [1, 2, 3, 4, 5], epochs: 10);
        Train(sweep, [10], epochs: 2);

        // Averages of the others after two epochs are 0.15, 0.3, 0.45, 0.6 and 0.75.
        Assert.Equal(
            new StoppingAction(
                StoppingDecision.Stop, 10, "stopped after epoch 2 at 0.2, its best 0.2 is worse than 0.45, the median of the averages of 5 other runs", 2, 0.2, 5, 6),
            Assert.Single(sweep.Actions));
    }

    [Fact]
    public void Apply_FewOthersOrEarlyEpoch_StopsNone()
    {
        SimulatedSweep few = Sweep((run, _) => -run);
        Train(few, [1, 2, 3, 4, 5], epochs: 10);
        SimulatedSweep early = Sweep((run, _) => -run);
        Train(early, [1, 2, 3, 4, 5], epochs: 10);
        Train(early, [6], epochs: 1);

        Assert.Empty(few.Actions);
        Assert.Empty(early.Actions);
    }

    [Fact]
    public void Apply_StoppedRunPromotedByHand_TrainsToTheEnd()
    {
        SimulatedSweep sweep = Sweep((run, _) => -run);
        Train(sweep, [1, 2, 3, 4, 5], epochs: 10);
        Train(sweep, [6], epochs: 2);
        sweep.Apply(new StoppingEvent.PromotedByHand(6, Epochs: null));
        sweep.Finish(_ => 0);

        Assert.Equal("promoted by hand after epoch 2, trains to the end", sweep.Actions[^1].Reason);
        Assert.Equal(10, sweep.Trained[6]);
    }

    private static SimulatedSweep Sweep(Func<int, int, double> curve) => new(StoppingRules.Create(new StoppingSettings("median", 10) { MinEpochs = 2 }), 10, curve);

    private static void Train(SimulatedSweep sweep, int[] runs, int epochs)
    {
        foreach (int run in runs)
        {
            sweep.Create(run);
            for (int epoch = 0; epoch < epochs; epoch++)
            {
                sweep.Train(run);
            }
        }
    }
}
