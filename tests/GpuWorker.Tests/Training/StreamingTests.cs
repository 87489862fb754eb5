using Experiments.Contracts.Configuration;
using Experiments.GpuWorker.Tests.Data;

namespace Experiments.GpuWorker.Tests.Training;

[Collection(nameof(TrainingTests))]
public sealed class StreamingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Train_ImagesBeyondTheBudget_GivesTheSameResult()
    {
        for (int i = 0; i < 20; i++)
        {
            SampleImages.WriteGradient(_folder.File("train", "a", $"{i}.jpg"), 70 + i, 80);
            SampleImages.WriteGradient(_folder.File("train", "b", $"{i}.jpg"), 40, 33 + i);
            SampleImages.WriteGradient(_folder.File("test", i % 2 == 0 ? "a" : "b", $"{i}.jpg"), 60, 60);
        }

        Assert.Equal(Metrics(), Metrics(("Worker:DatasetMemoryBytes", "1000")));
    }

    public void Dispose() => _folder.Dispose();

    private (string, double)[] Metrics(params (string, string)[] settings)
    {
        using var fixture = new TrainingFixture(settings);
        var dataset = new DatasetSpec { Name = "imagefolder", Path = _folder.Path };
        RecordingListener listener = fixture.Train(fixture.Job(TrainingFixture.Quick with { ImageSize = 32, BatchSize = 12, Augmentation = "standard" }, dataset));
        return [.. listener.Epochs[^1].Metrics.Where(metric => !metric.Key.StartsWith("system/", StringComparison.Ordinal)).Select(metric => (metric.Key, metric.Value))];
    }
}
