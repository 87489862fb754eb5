using Experiments.Orchestrator.Search.Samplers;
using Experiments.Orchestrator.Search.Spaces;

namespace Experiments.Orchestrator.Tests.Search.Samplers;

public sealed class TpeSamplerTests
{
    private static readonly SearchSpace Mixed = new(
    [
        new ChoiceDimension("optimizer", 3),
        new RealDimension("learningRate", 1e-5, 1e-1, IsLog: true),
        new RealDimension("momentum", 0, 1) { Condition = new("optimizer", [2]) },
        new IntegerDimension("freezeEpochs", 0, 5),
    ]);

    [Fact]
    public void Propose_MixedSpace_FindsBetterPointsThanRandom()
    {
        double[] tpe = [.. Enumerable.Range(0, 15).Select(seed => Best(TpeSampler.Instance, (ulong)seed, parallel: 1))];
        double[] random = [.. Enumerable.Range(0, 15).Select(seed => Best(RandomSampler.Instance, (ulong)seed, parallel: 1))];

        Assert.True(Median(tpe) > Median(random) / 2, $"{Median(tpe)} against {Median(random)}");
    }

    [Fact]
    public void Propose_ManyUnderWay_FindsBetterPointsThanRandom()
    {
        double[] tpe = [.. Enumerable.Range(0, 15).Select(seed => Best(TpeSampler.Instance, (ulong)seed, parallel: 8))];
        double[] random = [.. Enumerable.Range(0, 15).Select(seed => Best(RandomSampler.Instance, (ulong)seed, parallel: 8))];

        Assert.True(Median(tpe) > Median(random) / 2, $"{Median(tpe)} against {Median(random)}");
    }

    /// <summary>Without values, trials under way would be ignored and proposals of the same history would crowd.</summary>
    [Fact]
    public void Propose_TrialsUnderWay_MovesAwayFromThem()
    {
        var line = new SearchSpace([new RealDimension("x", 0, 1)]);
        Trial[] ended = [.. Enumerable.Range(0, 20).Select(index => new Trial(new Point([(index + 0.5) / 20]), -Math.Abs((index / 20.0) - 0.4)))];
        Trial[] crowd = [.. Enumerable.Range(0, 20).Select(index => new Trial(new Point([0.41 + (index * 0.001)]), null))];

        double without = Enumerable.Range(0, 50).Average(index => Math.Abs(TpeSampler.Instance.Propose(line, 1, 20 + index, ended)[0] - 0.42));
        double with = Enumerable.Range(0, 50).Average(index => Math.Abs(TpeSampler.Instance.Propose(line, 1, 20 + index, [.. ended, .. crowd])[0] - 0.42));

        Assert.True(with > 1.5 * without, $"{with} against {without}");
    }

    [Fact]
    public void Propose_FiniteSpace_ProposesEachPointBeforeItRepeatsOne()
    {
        var space = new SearchSpace([new IntegerDimension("a", 0, 4), new ChoiceDimension("b", 3)]);
        List<Trial> history = [.. Enumerable.Range(0, TpeSampler.Startup).Select(index => new Trial(space.FromUnit([((index % 5) + 0.5) / 5, (index / 5 * 0.34) + 0.1]), index))];
        while (history.Count < 15)
        {
            history.Add(new Trial(TpeSampler.Instance.Propose(space, 1, history.Count, history), 0));
        }

        Assert.Equal(15, history.Select(trial => trial.Point).Distinct().Count());
        Assert.True(space.Contains(TpeSampler.Instance.Propose(space, 1, 15, history)));
    }

    [Fact]
    public void BestFirst_DifferentEpochs_RanksMoreEpochsFirstAndFailuresLast()
    {
        Trial[] history = [Of(0.9, 3), Of(double.NaN, 27), Of(0.5, 27), Of(null, 0), Of(0.7, 27), Of(double.NegativeInfinity, 3)];

        Assert.Equal([0.7, 0.5, double.NaN, 0.9, double.NegativeInfinity], TrialRanking.BestFirst(history).Select(trial => trial.Value!.Value));
    }

    private static Trial Of(double? value, int epochs) => new(new Point([0]), value) { Epochs = epochs };

    /// <summary>The best value of 60 trials, of which some are under way at the same time; 0 is perfect.</summary>
    private static double Best(ISampler sampler, ulong seed, int parallel)
    {
        List<Trial> history = [];
        for (int index = 0; index < 60; index++)
        {
            history.Add(new Trial(sampler.Propose(Mixed, seed, index, history), null));
            if (index - parallel + 1 is var ended && ended >= 0)
            {
                history[ended] = history[ended] with { Value = Value(history[ended].Point) };
            }
        }

        return history.Max(trial => trial.Value ?? double.NegativeInfinity);
    }

    private static double Value(Point point) =>
        -(Math.Pow(Math.Log10(point[1]) + 2.6, 2) + (point[0] == 2 ? Math.Pow(point[2] - 0.85, 2) : 0.3) + (0.05 * Math.Abs(point[3] - 2)));

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);
}
