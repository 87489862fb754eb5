using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Orchestrator.Analysis;

namespace Experiments.Orchestrator.Tests.Analysis;

public sealed class BestSoFarTests
{
    private static readonly ObjectiveSpec Accuracy = new("validation/accuracy", Goal.Maximize);

    [Fact]
    public void Of_ValuesInAnyOrder_KeepsEachThatWasBetterThanAllBefore()
    {
        List<MeasuredValue> values = [At(4, 0.4), At(1, 0.2), At(2, 0.1), At(3, 0.3), At(5, 0.35)];

        IReadOnlyList<Improvement> best = BestSoFar.Of(values, Accuracy, most: 10);

        Assert.Equal([(1L, 0.2), (3L, 0.3), (4L, 0.4)], best.Select(one => (one.Epochs, one.Measured.Value)));
    }

    [Fact]
    public void Of_LossAndAResultThatWasTakenOver_CountsNoEpochForIt()
    {
        List<MeasuredValue> values = [new(1, 0, 0.5, Cost: 0), new(2, 1, 0.9, Cost: 1), new(3, 1, 0.1, Cost: 1)];

        IReadOnlyList<Improvement> best = BestSoFar.Of(values, new ObjectiveSpec("validation/loss", Goal.Minimize), most: 10);

        Assert.Equal([(0L, 0.5), (2L, 0.1)], best.Select(one => (one.Epochs, one.Measured.Value)));
    }

    [Fact]
    public void Of_MoreThanAsked_KeepsFirstAndLast()
    {
        List<MeasuredValue> values = [.. Enumerable.Range(1, 1_000).Select(value => At(value, value))];

        IReadOnlyList<Improvement> best = BestSoFar.Of(values, Accuracy, most: 7);

        Assert.Equal((7, 1, 1_000), (best.Count, best[0].Measured.Value, best[^1].Measured.Value));
    }

    private static MeasuredValue At(long ticks, double value) => new(ticks, 0, value, Cost: 1);
}
