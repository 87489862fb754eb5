using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Training;
using Experiments.GpuWorker.Training.Checkpoints;

namespace Experiments.GpuWorker.Tests.Training;

[Collection(nameof(TrainingTests))]
public class PretrainedTests
{
    private static readonly Hyperparameters Settings = TrainingFixture.Quick with { Model = "lenet5", Epochs = 1 };

    [Fact]
    public void Train_FromAFileWithTheHeadFrozenAround_KeepsItsBackbone()
    {
        using var fixture = new TrainingFixture();
        TrainingJob source = fixture.Job(Settings);
        fixture.Train(source);
        string best = Path.Combine(source.Folder, RunFiles.Best);

        TrainingJob job = fixture.Job(Settings with { Pretrained = best, FreezeEpochs = 1, Seed = 7 });
        fixture.Train(job);

        using SafetensorsContent before = SafetensorsFile.Read(best, requireChecksum: true);
        using SafetensorsContent after = SafetensorsFile.Read(Path.Combine(job.Folder, RunFiles.Last), requireChecksum: true);
        Assert.All(before.Names, name => Assert.Equal(!name.StartsWith("fc3", StringComparison.Ordinal), before[name].equal(after[name]).all().item<bool>()));
    }

    [Fact]
    public void Train_FromARunOfOtherClasses_ReplacesTheHeadAndSaysSo()
    {
        using var images = new TemporaryFolder();
        Data.SampleImages.WriteClasses(images, "", 10, "a", "b", "c");
        using var fixture = new TrainingFixture();
        TrainingJob source = fixture.Job(Settings);
        fixture.Train(source);
        fixture.Runs.Weights["run-1"] = Path.Combine(source.Folder, RunFiles.Best);

        RecordingListener listener = fixture.Train(fixture.Job(
            Settings with { Pretrained = "run:run-1", ImageSize = 32 }, new DatasetSpec { Name = "imagefolder", Path = images.Path }));

        Assert.True(listener.Epochs[0].Metrics.ContainsKey(MetricNames.ValidationAccuracy));
        Assert.Contains(fixture.Log.Entries, entry => entry.Message == "Pretrained run:run-1: 8 tensors loaded, new head: fc3.weight, fc3.bias, not used: ");
    }

    [Theory]
    [InlineData("imagenet", "\"imagenet\" is not available")]
    [InlineData("run:unknown", "finds no best weights of such a run")]
    [InlineData("/nowhere/x.safetensors", "there is no such file on this worker")]
    public void Train_SourceThatIsNotThere_IsInvalid(string source, string expected)
    {
        using var fixture = new TrainingFixture();

        AssertInvalid(fixture, Settings with { Pretrained = source }, expected);
    }

    [Fact]
    public void Train_FileOfAnotherArchitecture_NamesTheFirstDifference()
    {
        using var fixture = new TrainingFixture();
        TrainingJob source = fixture.Job(Settings);
        fixture.Train(source);

        AssertInvalid(
            fixture,
            Settings with { Model = "small_cnn", Pretrained = Path.Combine(source.Folder, RunFiles.Best) },
            "tensor \"conv1.weight\" has shape [6, 3, 5, 5]; expected [32, 3, 5, 5]");
    }

    [Fact]
    public void Train_FileThatIsNoneOrOutsideTheRoots_IsInvalid()
    {
        using var folder = new TemporaryFolder();
        string file = folder.File("x.safetensors");
        File.WriteAllText(file, "not a safetensors file");
        using var fixture = new TrainingFixture();
        using var restricted = new TrainingFixture(("Datasets:Roots:0", folder.Folder("data")));

        AssertInvalid(fixture, Settings with { Pretrained = file }, "not a safetensors file");
        AssertInvalid(restricted, Settings with { Pretrained = file }, "outside the folders that this worker may read");
    }

    private static void AssertInvalid(TrainingFixture fixture, Hyperparameters settings, string expected)
    {
        TrainingException failure = Assert.Throws<TrainingException>(
            () => fixture.Trainer.Train(fixture.Job(settings), new RecordingListener(), CancellationToken.None, CancellationToken.None));
        Assert.Equal(FailureKind.Invalid, failure.Kind);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }
}
