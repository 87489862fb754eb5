using System.Text.Json;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Training.Progress;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training;

[Collection(nameof(TrainingTests))]
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

    [Fact]
    public void Train_Any_TellsEveryMetricOfEveryIterationAndEpoch()
    {
        using var fixture = new TrainingFixture();

        RecordingListener listener = fixture.Train(fixture.Job(TrainingFixture.Quick with { BatchSize = 50 }));

        Assert.Equal(Enumerable.Range(1, 8).Select(step => (long)step), listener.Metrics.Where(metric => metric.Name == MetricNames.BatchLoss).Select(metric => metric.Step));
        string[] names =
        [
            MetricNames.TrainLoss, MetricNames.TrainAccuracy, MetricNames.ValidationLoss, MetricNames.ValidationAccuracy,
            MetricNames.LearningRate, MetricNames.ImagesPerSecond, MetricNames.EpochSeconds,
        ];
        foreach (EpochResult epoch in listener.Epochs)
        {
            Assert.Equal(names, epoch.Metrics.Keys);
            Assert.Equal(epoch.Metrics, listener.Metrics.Where(metric => metric.Step == epoch.Epoch && names.Contains(metric.Name)).ToDictionary(metric => metric.Name, metric => metric.Value));
        }

        Assert.Equal([4, 8], listener.Epochs.Select(epoch => epoch.Iteration));
    }

    [Fact]
    public void Train_SetWithATestSplit_TestsTheBestWeightsAtTheEnd()
    {
        using var images = new TemporaryFolder();
        Data.SampleImages.WriteClasses(images, "train", 10, "a", "b", "c");
        Data.SampleImages.WriteClasses(images, "test", 4, "a", "b", "c");
        using var fixture = new TrainingFixture();
        Hyperparameters settings = TrainingFixture.Quick with { Epochs = 3, ImageSize = 32, BatchSize = 8 };

        RecordingListener listener = fixture.Train(fixture.Job(settings, new DatasetSpec { Name = "imagefolder", Path = images.Path }));

        Assert.Equal([false, false, true], listener.Epochs.Select(epoch => epoch.Metrics.ContainsKey(MetricNames.TestAccuracy)));
        Assert.Equal([3], listener.Metrics.Where(metric => metric.Name == MetricNames.TestLoss).Select(metric => metric.Step));
    }

    [Fact]
    public void Train_Done_LeavesBestAndLastWeightsOfTheRightEpochs()
    {
        using var fixture = new TrainingFixture();
        TrainingJob job = fixture.Job(TrainingFixture.Quick with { Epochs = 4 }) with { Objective = new ObjectiveSpec(MetricNames.TrainLoss, Goal.Maximize) };

        fixture.Train(job);

        using SafetensorsContent best = SafetensorsFile.Read(Path.Combine(job.Folder, RunFiles.Best), requireChecksum: true);
        using SafetensorsContent last = SafetensorsFile.Read(Path.Combine(job.Folder, RunFiles.Last), requireChecksum: true);
        using ImageModel model = ModelRegistry.All["small_cnn"](new ModelShape(10, 32));
        Assert.Equal(("1", "4"), (best.Metadata["epoch"], last.Metadata["epoch"]));
        Assert.Equal(model.state_dict().Keys, best.Names);
        Assert.Equal("pt", best.Metadata["format"]);
        Assert.Equal(10, JsonSerializer.Deserialize<string[]>(best.Metadata["classes"])!.Length);
    }

    [Fact]
    public void Train_Done_WritesDownConfigurationAndEnvironment()
    {
        using var fixture = new TrainingFixture();
        TrainingJob job = fixture.Job(TrainingFixture.Quick with { Epochs = 1 });

        fixture.Train(job);

        using JsonDocument config = JsonDocument.Parse(File.ReadAllText(Path.Combine(job.Folder, RunFiles.Config)));
        using JsonDocument environment = JsonDocument.Parse(File.ReadAllText(Path.Combine(job.Folder, RunFiles.Environment)));
        Assert.Equal(32, config.RootElement.GetProperty("hyperparameters").GetProperty("imageSize").GetInt32());
        Assert.Equal("digits", config.RootElement.GetProperty("dataset").GetProperty("name").GetString());
        Assert.Equal("cpu", environment.RootElement.GetProperty("device").GetString());
        Assert.Equal("2", environment.RootElement.GetProperty("threads").GetString());
        Assert.StartsWith("2.", environment.RootElement.GetProperty("libtorch").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Train_EarlyStopping_EndsAfterThePatience()
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = TrainingFixture.Quick with { Epochs = 50, EarlyStoppingPatience = 2, EarlyStoppingMinDelta = 1 };

        RecordingListener listener = fixture.Train(fixture.Job(settings));

        Assert.Equal(3, listener.Epochs.Count);
    }

    [Fact]
    public void Train_EarlyStoppingOnAnotherMetric_WatchesThatOne()
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = TrainingFixture.Quick with
        {
            Epochs = 20,
            EarlyStoppingPatience = 2,
            EarlyStoppingMinDelta = 0.5,
            EarlyStoppingMetric = MetricNames.TrainLoss,
        };

        RecordingListener listener = fixture.Train(fixture.Job(settings));

        double[] losses = [.. listener.Epochs.Select(epoch => epoch.Metrics[MetricNames.TrainLoss])];
        Assert.Equal(
            Enumerable.Range(1, losses.Length).First(count => ObjectiveHistory.ShouldStop([.. losses.Take(count)], new ObjectiveSpec(MetricNames.TrainLoss, Goal.Minimize), 2, 0.5)),
            losses.Length);
        Assert.InRange(losses.Length, 3, 19);
    }

    [Fact]
    public void Train_WhileFrozen_LeavesTheBackboneAndItsStatisticsAsTheyWere()
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = TrainingFixture.Quick with { Model = "resnet18", Epochs = 1, FreezeEpochs = 1, WeightDecay = 0.1, Optimizer = OptimizerKind.AdamW };
        TrainingJob one = fixture.Job(settings, TrainingFixture.Digits(limit: 32));
        TrainingJob two = fixture.Job(settings with { Epochs = 2, FreezeEpochs = 2 }, TrainingFixture.Digits(limit: 32));
        TrainingJob thawed = fixture.Job(settings with { Epochs = 2 }, TrainingFixture.Digits(limit: 32));
        fixture.Train(one);
        fixture.Train(two);
        fixture.Train(thawed);

        Assert.Equal(["fc.bias", "fc.weight"], Differences(one, two));
        Assert.Equal(122, Differences(one, thawed).Length);
    }

    [Fact]
    public void Train_UnfreezeGradual_ThawsOneBlockPerEpochFromTheLast()
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = TrainingFixture.Quick with { Model = "lenet5", FreezeEpochs = 1, Unfreeze = UnfreezeKind.Gradual };
        string[][] blocks = [["fc3"], ["fc2"], ["fc1"], ["conv2"], ["conv1"]];
        TrainingJob[] jobs = [.. Enumerable.Range(1, blocks.Length).Select(epochs => fixture.Job(settings with { Epochs = epochs, LearningRate = 0.01 }))];
        foreach (TrainingJob job in jobs)
        {
            fixture.Train(job);
        }

        for (int i = 1; i < jobs.Length; i++)
        {
            string[] thawed = [.. blocks.Take(i + 1).SelectMany(block => block).SelectMany(name => (string[])[$"{name}.bias", $"{name}.weight"])];
            Assert.Equal(thawed.Order(StringComparer.Ordinal), Differences(jobs[i - 1], jobs[i]));
        }
    }

    [Fact]
    public void Train_FreezeBatchNormFalse_LetsOnlyTheStatisticsAdapt()
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = TrainingFixture.Quick with { Model = "resnet18", Epochs = 1, FreezeEpochs = 1 };
        TrainingJob frozen = fixture.Job(settings, TrainingFixture.Digits(limit: 32));
        TrainingJob adapting = fixture.Job(settings with { FreezeBatchNorm = false }, TrainingFixture.Digits(limit: 32));
        fixture.Train(frozen);
        fixture.Train(adapting);

        string[] different = Differences(frozen, adapting);
        Assert.Equal(20, different.Count(name => name.EndsWith("running_mean", StringComparison.Ordinal)));
        Assert.All(different, name => Assert.Matches("running_mean|running_var|num_batches_tracked|^fc", name));
    }

    [Fact]
    public void Train_WarmupEpochs_TellsTheRateItCameTo()
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = TrainingFixture.Quick with { Model = "lenet5", Epochs = 3, WarmupEpochs = 2, Scheduler = SchedulerKind.Cosine, BatchSize = 40 };

        RecordingListener listener = fixture.Train(fixture.Job(settings));

        double[] rates = [.. listener.Epochs.Select(epoch => epoch.Metrics[MetricNames.LearningRate] / settings.LearningRate)];
        Assert.Equal([0.01 + (0.99 * 4 / 10), 0.01 + (0.99 * 9 / 10), 1], rates, (one, other) => Math.Abs(one - other) < 1e-12);
    }

    [Fact]
    public void Train_BackboneLearningRate_IsTheBackbonesAlone()
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = TrainingFixture.Quick with { Model = "lenet5", Epochs = 1, Optimizer = OptimizerKind.Sgd, Momentum = 0 };
        TrainingJob still = fixture.Job(settings with { LearningRate = 1e-30 });
        TrainingJob headOnly = fixture.Job(settings with { BackboneLearningRate = 1e-30 });
        fixture.Train(still);
        fixture.Train(headOnly);

        Assert.Equal(["fc3.bias", "fc3.weight"], Differences(still, headOnly));
    }

    /// <summary>The tensors that differ between two runs.</summary>
    private static string[] Differences(TrainingJob one, TrainingJob other)
    {
        using SafetensorsContent first = SafetensorsFile.Read(Path.Combine(one.Folder, RunFiles.Last), requireChecksum: true);
        using SafetensorsContent second = SafetensorsFile.Read(Path.Combine(other.Folder, RunFiles.Last), requireChecksum: true);
        return [.. first.Names.Where(name => !Same(first[name], second[name])).Order(StringComparer.Ordinal)];

        static bool Same(Tensor one, Tensor other) => one.equal(other).all().item<bool>();
    }
}
