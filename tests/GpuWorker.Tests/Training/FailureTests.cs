using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Tests.Data;
using Experiments.GpuWorker.Training;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training;

[Collection(nameof(TrainingTests))]
public class FailureTests
{
    [Fact]
    public void Train_LossBecomesNotANumber_FailsAsDivergedAndReportsNoSuchValue()
    {
        using var fixture = new TrainingFixture();
        var listener = new RecordingListener();
        Hyperparameters settings = TrainingFixture.Quick with { Optimizer = OptimizerKind.Sgd, LearningRate = 10, Momentum = 0.99, Epochs = 10 };

        TrainingException failure = Assert.Throws<TrainingException>(
            () => fixture.Trainer.Train(fixture.Job(settings), listener, CancellationToken.None, CancellationToken.None));

        Assert.Equal(FailureKind.Diverged, failure.Kind);
        Assert.Matches("loss became .* epoch [0-9]+, iteration [0-9]+", failure.Message);
        Assert.All(listener.Metrics, metric => Assert.True(double.IsFinite(metric.Value)));
    }

    [Fact]
    public void Classify_AllocationThatCannotBe_IsOutOfMemory()
    {
        Exception thrown = Record.Exception(() => empty(1L << 50).Dispose())!;

        TrainingException failure = FailureClassifier.Classify(thrown);

        Assert.Equal(FailureKind.OutOfMemory, failure.Kind);
        Assert.DoesNotContain("\n", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Classify_AnotherErrorOfTorch_IsACrash()
    {
        Exception thrown = Record.Exception(() => zeros(2, 3).add(zeros(4, 5)))!;

        Assert.Equal(FailureKind.Crash, FailureClassifier.Classify(thrown).Kind);
    }

    [Fact]
    public void Train_DatasetThatCannotBeDownloaded_FailsWithTheAddressOfTheMirror()
    {
        using var cache = new TemporaryFolder();
        using var fixture = new TrainingFixture(("Datasets:Cache", cache.Path), ("Datasets:Mirrors:fashion-mnist", DataFixture.Nowhere));

        TrainingException failure = Fail(fixture, TrainingFixture.Quick, new DatasetSpec { Name = "fashion-mnist" });

        Assert.Equal(FailureKind.Data, failure.Kind);
        Assert.Contains($"{DataFixture.Nowhere}train-images-idx3-ubyte.gz", failure.Message, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(cache.Path, "fashion-mnist", "train-images-idx3-ubyte.gz"), failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lenet5", 27, 64, "imageSize 27 is too small for lenet5; allowed: at least 28")]
    [InlineData("resnet18", 32, 1, "batchSize is 1; resnet18 has batch norm")]
    public void Train_WhatCannotWork_IsInvalid(string model, int imageSize, int batchSize, string expected)
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = TrainingFixture.Quick with { Model = model, ImageSize = imageSize, BatchSize = batchSize };

        TrainingException failure = Fail(fixture, settings);

        Assert.Equal(FailureKind.Invalid, failure.Kind);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Train_LastBatchOfOneImage_IsLeftOutForBatchNorm()
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = TrainingFixture.Quick with { Model = "resnet18", Epochs = 1, BatchSize = 16 };

        RecordingListener listener = fixture.Train(fixture.Job(settings, TrainingFixture.Digits(limit: 33)));

        Assert.Equal(2, listener.Epochs[0].Iteration);
    }

    [Fact]
    public void Train_FolderThatIsMissing_IsACrashThatNamesIt()
    {
        using var fixture = new TrainingFixture();
        TrainingJob job = fixture.Job(TrainingFixture.Quick);
        string missing = Path.Combine(job.Folder, "missing");

        TrainingException failure = Assert.Throws<TrainingException>(
            () => fixture.Trainer.Train(job with { Folder = missing }, new RecordingListener(), CancellationToken.None, CancellationToken.None));

        Assert.Equal(FailureKind.Crash, failure.Kind);
        Assert.Contains(missing, failure.Message, StringComparison.Ordinal);
    }

    private static TrainingException Fail(TrainingFixture fixture, Hyperparameters settings, DatasetSpec? dataset = null) =>
        Assert.Throws<TrainingException>(() => fixture.Trainer.Train(
            fixture.Job(settings, dataset), new RecordingListener(), CancellationToken.None, CancellationToken.None));
}
