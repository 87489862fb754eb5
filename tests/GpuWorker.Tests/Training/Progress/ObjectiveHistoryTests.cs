using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Training.Progress;

namespace Experiments.GpuWorker.Tests.Training.Progress;

public class ObjectiveHistoryTests
{
    private static readonly ObjectiveSpec Accuracy = new("validation/accuracy", Goal.Maximize);
    private static readonly ObjectiveSpec Loss = new("validation/loss", Goal.Minimize);

    [Theory]
    [InlineData(new double[] { }, 0, 0)]
    [InlineData(new[] { 0.5 }, 1, 1)]
    [InlineData(new[] { 0.5, 0.7, 0.7, 0.6 }, 2, 1)]
    [InlineData(new[] { 0.5, 0.4, 0.3, 0.3 }, 1, 3)]
    public void BestEpoch_OfEquals_IsTheEarliest(double[] values, int highest, int lowest)
    {
        Assert.Equal(highest, ObjectiveHistory.BestEpoch(values, Accuracy));
        Assert.Equal(lowest, ObjectiveHistory.BestEpoch(values, Loss));
    }

    [Theory]
    [InlineData(new[] { 0.5, 0.5 }, 2, 0, false)]
    [InlineData(new[] { 0.5, 0.5, 0.5 }, 2, 0, true)]
    [InlineData(new[] { 0.5, 0.4, 0.6, 0.5 }, 2, 0, false)]
    [InlineData(new[] { 0.50, 0.51, 0.52 }, 2, 0.05, true)]
    [InlineData(new[] { 0.50, 0.53, 0.56 }, 2, 0.05, false)]
    [InlineData(new[] { 0.5, 0.4, 0.3, 0.2 }, null, 0, false)]
    public void ShouldStop_Maximize_AfterSoManyEpochsWithoutProgress(double[] values, int? patience, double minDelta, bool expected)
    {
        Assert.Equal(expected, ObjectiveHistory.ShouldStop(values, Accuracy, patience, minDelta));
        Assert.Equal(expected, ObjectiveHistory.ShouldStop([.. values.Select(value => 1 - value)], Loss, patience, minDelta));
    }
}
