using CsCheck;
using Experiments.Orchestrator.Search.Stopping;

namespace Experiments.Orchestrator.Tests.Search.Stopping;

public sealed class SuccessiveHalvingTests
{
    private static readonly StoppingSettings Settings = new("asha", 27) { MinEpochs = 3, Factor = 3 };

    [Theory]
    [InlineData(27, 3, 3, new[] { 3, 9 })]
    [InlineData(28, 3, 3, new[] { 3, 9, 27 })]
    [InlineData(10, 1, 4, new[] { 1, 4 })]
    [InlineData(3, 3, 2, new int[0])]
    public void Rungs_Settings_AreBelowTheBudget(int epochs, int minEpochs, int factor, int[] rungs) =>
        Assert.Equal(rungs, Assert.Single(StoppingRules.Create(new("asha", epochs) { MinEpochs = minEpochs, Factor = factor }).Rungs));

    [Fact]
    public void Apply_ValueAtARung_SaysWhatIsDecidedAndWhy()
    {
        SimulatedSweep sweep = Sweep((run, _) => run / 100.0);
        Reach(sweep, epoch: 3, runs: [10, 30, 20]);

        Assert.Equal(
        [
            new(StoppingDecision.Pause, 10, "paused after epoch 3 at 0.1, rank 1 of 1, the best 0 continue", 3, 0.1, 1, 1),
            new(StoppingDecision.Pause, 30, "paused after epoch 3 at 0.3, rank 1 of 2, the best 0 continue", 3, 0.3, 1, 2),
            new(StoppingDecision.Pause, 20, "paused after epoch 3 at 0.2, rank 2 of 3, the best 1 continue", 3, 0.2, 2, 3),
            new(StoppingDecision.Promote, 30, "promoted after epoch 3 at 0.3, rank 1 of 3, the best 1 continue", 3, 0.3, 1, 3),
        ], sweep.Actions);
    }

    [Fact]
    public void Apply_LossThatIsMinimized_LetsTheLowestContinue()
    {
        var sweep = new SimulatedSweep(StoppingRules.Create(Settings with { LowerIsBetter = true }), 27, (run, _) => run);
        Reach(sweep, epoch: 3, runs: [3, 2, 1]);

        Assert.Equal("continues after epoch 3 at 1, rank 1 of 3, the best 1 continue", sweep.Actions[^1].Reason);
    }

    [Fact]
    public void Apply_Idle_PromotesTheBestOfTooFewUntilItIsTrainedToTheEnd()
    {
        SimulatedSweep sweep = Sweep((run, _) => run);
        Reach(sweep, epoch: 3, runs: [1, 2]);
        sweep.Finish(_ => 0);

        Assert.Equal([3, 27], sweep.Trained.Values);
    }

    [Fact]
    public void Apply_PromotedByHand_IsRankedAtTheNextRung()
    {
        SimulatedSweep sweep = Sweep((run, _) => run);
        Reach(sweep, epoch: 3, runs: [1, 2]);
        sweep.Apply(new StoppingEvent.PromotedByHand(1, Epochs: 9));
        sweep.Finish(_ => 0);

        Assert.Equal("promoted by hand after epoch 3, trains to epoch 9", sweep.Actions[2].Reason);
        Assert.Equal("paused after epoch 9 at 1, rank 1 of 1, the best 0 continue", sweep.Actions[3].Reason);
    }

    [Fact]
    public void Apply_PromotedByHandWhileUnderWay_TrainsToTheEnd()
    {
        SimulatedSweep sweep = Sweep((run, _) => run);
        sweep.Create(1);
        sweep.Apply(new StoppingEvent.PromotedByHand(1, Epochs: null));
        sweep.Finish(_ => 0);

        Assert.Equal(27, sweep.Trained[1]);
        Assert.DoesNotContain(sweep.Actions, action => action.Decision != StoppingDecision.Continue);
    }

    /// <summary>In any order of results, a run only gets past a rung while it is among the best of those there; and each gets past it once.</summary>
    [Fact]
    public void Apply_AnyOrder_LetsOnlyTheBestOfARungContinueAndEachOnce() =>
        Gen.Select(Gen.Int, Gen.Int[1, 60], Gen.Int[2, 4]).Sample((seed, runs, factor) =>
        {
            var random = new Random(seed);
            double[] values = [.. Enumerable.Range(0, runs + 1).Select(_ => random.NextDouble())];
            var sweep = new SimulatedSweep(StoppingRules.Create(Settings with { Factor = factor }), 27, (run, epoch) => values[run] * epoch);
            for (int run = 1; run <= runs; run++)
            {
                sweep.Create(run);
            }

            while (sweep.UnderWay.Count > 0)
            {
                sweep.Train(sweep.UnderWay.ElementAt(random.Next(sweep.UnderWay.Count)));
            }

            StoppingAction[] continued = [.. sweep.Actions.Where(action => action.Decision != StoppingDecision.Pause)];
            Assert.All(continued, action => Assert.True(action.Rank <= action.Of / factor, action.Reason));
            Assert.Equal(continued.Length, continued.DistinctBy(action => (action.Run, action.Epoch)).Count());

            // At the end all of the best n / factor got past the rung.
            int best = runs / factor;
            IEnumerable<int> expected = Enumerable.Range(1, runs).OrderByDescending(run => values[run]).Take(best);
            Assert.Empty(expected.Except(continued.Where(action => action.Epoch == 3).Select(action => action.Run)));
        });

    [Fact]
    public void Apply_Hyperband_SharesEpochsBetweenBracketsAndRanksWithin()
    {
        IStoppingRule rule = StoppingRules.Create(Settings with { Rule = "hyperband" });
        var sweep = new SimulatedSweep(rule, 27, (run, _) => run);
        for (int run = 1; run <= 55; run++)
        {
            sweep.Create(run);
        }

        Assert.Equal([[3, 9], [9], []], rule.Rungs);
        Assert.Equal([30, 15, 10], Enumerable.Range(0, 3).Select(bracket => sweep.State.Runs.Values.Count(run => run.Bracket == bracket)));
        sweep.Finish(_ => 0);
        Assert.All(sweep.Actions, action => Assert.True(action.Of <= 30));
        Assert.All(sweep.State.Runs.Where(run => run.Value.Bracket == 2), run => Assert.Equal(27, sweep.Trained[run.Key]));
    }

    private static SimulatedSweep Sweep(Func<int, int, double> curve) => new(StoppingRules.Create(Settings), 27, curve);

    private static void Reach(SimulatedSweep sweep, int epoch, int[] runs)
    {
        foreach (int run in runs)
        {
            sweep.Create(run);
            while (sweep.Trained[run] < epoch)
            {
                sweep.Train(run);
            }
        }
    }
}
