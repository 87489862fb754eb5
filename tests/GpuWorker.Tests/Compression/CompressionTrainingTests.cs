using System.Text.Json;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Tests.Training;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Compression;

/// <summary>Distillation, pruning and quantization through the trainer.</summary>
[Collection(nameof(TrainingTests))]
public class CompressionTrainingTests
{
    private static readonly Hyperparameters Settings = TrainingFixture.Quick with { Model = "lenet5", Epochs = 4, LearningRate = 3e-3 };

    [Theory]
    [InlineData(null)]
    [InlineData(0.8)]
    public void Train_Pruning_KeepsTheZerosAndReportsWhatItCost(double? emaDecay)
    {
        using var fixture = new TrainingFixture();
        TrainingJob job = fixture.Job(Settings with { Pruning = 0.7, PruningEpochs = 2, EmaDecay = emaDecay });

        RecordingListener listener = fixture.Train(job);

        IReadOnlyDictionary<string, double> last = listener.Epochs[^1].Metrics;
        Assert.Equal(0.7, last[MetricNames.Sparsity], tolerance: 1e-4);
        Assert.Equal(0.7, Sparsity(job, RunFiles.Best), tolerance: 1e-4);
        Assert.Equal(0.7, Sparsity(job, RunFiles.Last), tolerance: 1e-4);
        Assert.Equal(listener.Epochs[1].Metrics[MetricNames.ValidationAccuracy], last[MetricNames.UnprunedAccuracy]);
        Assert.Equal(listener.Epochs[1].Metrics[MetricNames.PrunedAccuracy], last[MetricNames.PrunedAccuracy]);
        Assert.Equal(listener.Epochs.Skip(2).Max(epoch => epoch.Metrics[MetricNames.ValidationAccuracy]), last[MetricNames.FineTunedAccuracy]);
        Assert.InRange(last[MetricNames.SparseBytes], 0.3 * last[MetricNames.DenseBytes], 0.4 * last[MetricNames.DenseBytes]);
        JsonElement report = Report(job).GetProperty("pruning");
        Assert.Equal(last[MetricNames.Sparsity], report.GetProperty("sparsity").GetDouble());
        Assert.Equal(last[MetricNames.PrunedAccuracy], report.GetProperty("accuracyPruned").GetDouble());
    }

    [Fact]
    public void Train_Quantization_LeavesAFileOfAQuarterWithNearlyTheSameAccuracy()
    {
        using var fixture = new TrainingFixture();
        TrainingJob job = fixture.Job(Settings with { Quantization = QuantizationKind.Int8 });

        RecordingListener listener = fixture.Train(job);

        IReadOnlyDictionary<string, double> last = listener.Epochs[^1].Metrics;
        Assert.InRange(last[MetricNames.QuantizedBytes], 0.25 * last[MetricNames.DenseBytes], 0.27 * last[MetricNames.DenseBytes]);
        Assert.Equal(listener.Epochs.Max(epoch => epoch.Metrics[MetricNames.ValidationAccuracy]), last[MetricNames.QuantizedAccuracy], 0.05);
        using SafetensorsContent best = SafetensorsFile.Read(Path.Combine(job.Folder, RunFiles.Best), requireChecksum: true);
        using SafetensorsContent quantized = SafetensorsFile.Read(Path.Combine(job.Folder, RunFiles.Quantized), requireChecksum: true);
        Tensor weight = quantized["conv1.weight"].to_type(ScalarType.Float32) * quantized["conv1.weight_scale"].view(-1, 1, 1, 1);
        Assert.Equal(ScalarType.Int8, quantized["conv1.weight"].dtype);
        Assert.True(weight.allclose(best["conv1.weight"], atol: 0.01));
        Assert.True(quantized["conv1.bias"].equal(best["conv1.bias"]).all().item<bool>());
        Assert.Equal(JsonValueKind.Object, Report(job).GetProperty("quantization").ValueKind);
    }

    [Fact]
    public void Train_QuantizationWithATestSplit_ReportsItToo()
    {
        using var images = new TemporaryFolder();
        Data.SampleImages.WriteClasses(images, "train", 10, "a", "b");
        Data.SampleImages.WriteClasses(images, "test", 4, "a", "b");
        using var fixture = new TrainingFixture();
        TrainingJob job = fixture.Job(
            Settings with { Epochs = 1, ImageSize = 32, BatchSize = 8, Quantization = QuantizationKind.Int8 },
            new DatasetSpec { Name = "imagefolder", Path = images.Path });

        RecordingListener listener = fixture.Train(job);

        JsonElement report = Report(job).GetProperty("quantization");
        Assert.Equal(listener.Epochs[0].Metrics[MetricNames.TestAccuracy], report.GetProperty("testAccuracyBefore").GetDouble());
        Assert.InRange(report.GetProperty("testAccuracyAfter").GetDouble(), 0, 1);
    }

    [Fact]
    public void Train_AttemptThatFindsTheRunAtItsEnd_LeavesTheSameFiles()
    {
        using var fixture = new TrainingFixture();
        Hyperparameters settings = Settings with { Epochs = 2, Pruning = 0.5, Quantization = QuantizationKind.Int8 };
        TrainingJob first = fixture.Job(settings);
        fixture.Train(first);
        TrainingJob second = fixture.Job(settings, resumeFrom: first.Folder);
        fixture.Train(second);

        foreach (string name in (string[])[RunFiles.Compression, RunFiles.Quantized])
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(first.Folder, name)), File.ReadAllBytes(Path.Combine(second.Folder, name)));
        }
    }

    [Theory]
    [InlineData(32)]
    [InlineData(40)]
    public void Train_Teacher_LearnsFromItsPredictionsAlone(int teachersImageSize)
    {
        using var fixture = new TrainingFixture();
        TrainingJob teacher = fixture.Job(Settings with { ImageSize = teachersImageSize, Epochs = 8 });
        fixture.Train(teacher);
        fixture.Runs.Weights["teacher"] = Path.Combine(teacher.Folder, RunFiles.Best);

        RecordingListener listener = fixture.Train(fixture.Job(
            Settings with { Epochs = 6, Teacher = "run:teacher", DistillationAlpha = 1, Augmentation = "flip", Mixup = 0.1, GradientAccumulation = 2, Seed = 7 }));

        double[] losses = [.. listener.Epochs.Select(epoch => epoch.Metrics[MetricNames.ValidationLoss])];
        Assert.True(losses[^1] < 0.9 * losses[0], string.Join(" ", losses));
    }

    [Fact]
    public void Train_TeacherOfTheSameClassesInAnotherOrder_TeachesByName()
    {
        using var fixture = new TrainingFixture();
        TrainingJob teacher = fixture.Job(Settings with { Epochs = 1 });
        fixture.Train(teacher);
        string stored = Path.Combine(teacher.Folder, RunFiles.Best);
        fixture.Runs.Weights["teacher"] = stored;
        fixture.Runs.Weights["turned"] = Turned(stored, teacher.Folder);

        string[] weights = [.. new[] { "run:teacher", "run:turned" }.Select(name =>
        {
            TrainingJob job = fixture.Job(Settings with { Epochs = 1, Teacher = name, DistillationAlpha = 1 });
            fixture.Train(job);
            using SafetensorsContent last = SafetensorsFile.Read(Path.Combine(job.Folder, RunFiles.Last), requireChecksum: true);
            return Convert.ToHexString(last["fc3.weight"].bytes);
        })];

        Assert.Equal(weights[0], weights[1]);
    }

    [Fact]
    public void Train_TeacherOfOtherClassesOrNone_IsInvalid()
    {
        using var images = new TemporaryFolder();
        Data.SampleImages.WriteClasses(images, "", 10, "a", "b");
        using var fixture = new TrainingFixture();
        TrainingJob teacher = fixture.Job(
            Settings with { Epochs = 1, ImageSize = 32 }, new DatasetSpec { Name = "imagefolder", Path = images.Path });
        fixture.Train(teacher);
        fixture.Runs.Weights["other"] = Path.Combine(teacher.Folder, RunFiles.Best);

        Assert.Contains("knows the classes \"a\", \"b\"; the data set has \"0\", \"1\"", Fail("run:other"), StringComparison.Ordinal);
        Assert.Contains("finds no best weights", Fail("run:unknown"), StringComparison.Ordinal);

        string Fail(string name)
        {
            TrainingException failure = Assert.Throws<TrainingException>(() => fixture.Trainer.Train(
                fixture.Job(Settings with { Teacher = name }), new RecordingListener(), CancellationToken.None, CancellationToken.None));
            Assert.Equal(FailureKind.Invalid, failure.Kind);
            return failure.Message;
        }
    }

    /// <summary>The same network with its classes in the opposite order.</summary>
    private static string Turned(string stored, string folder)
    {
        using SafetensorsContent content = SafetensorsFile.Read(stored, requireChecksum: true);
        WeightsDescription description = WeightsDescription.Read(content.Metadata);
        string path = Path.Combine(folder, "turned.safetensors");
        using FileStream stream = File.Create(path);
        SafetensorsFile.Write(
            stream,
            content.Names.Select(name => (name, name.StartsWith("fc3.", StringComparison.Ordinal) ? content[name].flip(0) : content[name])),
            (description with { Classes = [.. description.Classes.Reverse()] }).ToMetadata());
        return path;
    }

    private static JsonElement Report(TrainingJob job) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(job.Folder, RunFiles.Compression))).RootElement;

    private static double Sparsity(TrainingJob job, string file)
    {
        using SafetensorsContent content = SafetensorsFile.Read(Path.Combine(job.Folder, file), requireChecksum: true);
        string[] weights = [.. content.Names.Where(name => name.EndsWith("weight", StringComparison.Ordinal))];
        return (double)weights.Sum(name => content[name].eq(0).sum().item<long>()) / weights.Sum(name => content[name].numel());
    }
}
