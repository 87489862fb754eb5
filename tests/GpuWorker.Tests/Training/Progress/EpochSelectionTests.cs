using Experiments.Contracts.Metrics;
using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Training.Progress;

namespace Experiments.GpuWorker.Tests.Training.Progress;

public class EpochSelectionTests
{
    private static readonly Hyperparameters Settings = Hyperparameters.Default with { Epochs = 10, EarlyStoppingPatience = 2 };

    [Theory]
    [InlineData("objective", Goal.Maximize, false)]
    [InlineData("objective", Goal.Minimize, true)]
    [InlineData(MetricNames.ValidationAccuracy, Goal.Minimize, true)]
    [InlineData(MetricNames.ValidationLoss, Goal.Maximize, true)]
    [InlineData(MetricNames.TrainLoss, Goal.Maximize, false)]
    public void IsRunFinished_AnyMetric_WatchesItInItsDirection(string metric, Goal goal, bool expected)
    {
        var objective = new ObjectiveSpec(MetricNames.ValidationAccuracy, goal);
        TrainingState state = State(accuracies: [0.5, 0.6, 0.7], losses: [0.5, 0.6, 0.7], trainLosses: [0.5, 0.4, 0.3]);

        Assert.Equal(expected, EpochSelection.IsRunFinished(Settings with { EarlyStoppingMetric = metric }, objective, state));
    }

    [Fact]
    public void IsRunFinished_AllEpochs_IsTheEnd()
    {
        TrainingState state = State(accuracies: [0.5, 0.6, 0.7], losses: [3, 2, 1], trainLosses: [3, 2, 1]);

        Assert.True(EpochSelection.IsRunFinished(Settings with { Epochs = 3 }, ObjectiveSpec.Default, state));
        Assert.False(EpochSelection.IsRunFinished(Settings with { Epochs = 4 }, ObjectiveSpec.Default, state));
    }

    [Theory]
    [InlineData(new[] { 0.9 }, 1, false)]
    [InlineData(new[] { 0.9, 0.8 }, 1, false)]
    [InlineData(new[] { 0.9, 0.8, 0.5 }, 3, false)]
    [InlineData(new[] { 0.9, 0.8, 0.5, 0.6, 0.6, 0.6 }, 4, true)]
    public void BestEpoch_PrunedAfterTwo_CountsOnlyWhatIsPruned(double[] accuracies, int best, bool finished)
    {
        Hyperparameters settings = Settings with { Pruning = 0.5, PruningEpochs = 8 };
        TrainingState state = State(accuracies, accuracies, accuracies);

        Assert.Equal(best, EpochSelection.BestEpoch(settings, ObjectiveSpec.Default, state));
        Assert.Equal(finished, EpochSelection.IsRunFinished(settings, ObjectiveSpec.Default, state));
    }

    private static TrainingState State(double[] accuracies, double[] losses, double[] trainLosses) => new()
    {
        History = [.. accuracies.Select((accuracy, i) => new EpochResult(i + 1, i + 1, new Dictionary<string, double>
        {
            [MetricNames.ValidationAccuracy] = accuracy,
            [MetricNames.ValidationLoss] = losses[i],
            [MetricNames.TrainLoss] = trainLosses[i],
        }))],
    };
}
