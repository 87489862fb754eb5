using Experiments.Contracts.Metrics;
using Experiments.Contracts.Sweeps;

namespace Experiments.GpuWorker.Tests.Training;

public class TrainerTests
{
    [Fact]
    public void Train_SmallCnnOnDigits_ReachesTheQuickstartsAccuracy()
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = TrainingFixture.Quick with { Epochs = 5, WeightDecay = 1e-4 };
        RecordingListener listener = fixture.Train(fixture.Job(settings, TrainingFixture.Digits()));
        Assert.Equal([1, 2, 3, 4, 5], listener.Epochs.Select(epoch => epoch.Epoch));
        Assert.True(listener.Epochs.Max(epoch => epoch.Metrics[MetricNames.ValidationAccuracy]) >= 0.97);
    }
}
