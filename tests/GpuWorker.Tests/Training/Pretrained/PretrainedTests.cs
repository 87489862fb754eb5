using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Tests.Downloads;
using Experiments.GpuWorker.Tests.Reference;

namespace Experiments.GpuWorker.Tests.Training.Pretrained;

/// <summary>Runs that start from pretrained weights.</summary>
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
        Assert.Contains(fixture.Log.Entries, entry => entry.Message ==
            "Pretrained run:run-1 (best.safetensors): 8 tensors loaded, 0 adapted, new: fc3.weight, fc3.bias, not in the file: , not used: ");
    }

    [Fact]
    public void Train_FromARunOfAsManyOtherClasses_GetsANewHead()
    {
        using var images = new TemporaryFolder();
        using var fixture = new TrainingFixture();
        TrainingJob source = Folder(fixture, images, "animals", Settings, "cat", "dog", "fox");
        fixture.Train(source);
        fixture.Runs.Weights["run-1"] = Path.Combine(source.Folder, RunFiles.Best);

        TrainingJob job = Folder(fixture, images, "vehicles", Settings with { Pretrained = "run:run-1" }, "bus", "car", "van");
        fixture.Train(job);

        Initialization note = ReadNote(job);
        Assert.Equal((HeadFate.New, "the file's classes are \"cat\", \"dog\", \"fox\", the data set's are \"bus\", \"car\", \"van\""), (note.Head, note.HeadReason));
        Assert.Equal(["fc3.weight", "fc3.bias"], note.Replaced);
    }

    [Theory]
    [InlineData("[\"fox\",\"cat\",\"dog\"]", HeadFate.Reordered, new[] { 1, 2, 0 })]
    [InlineData("{\"fox\":0,\"cat\":1,\"dog\":2}", HeadFate.Reordered, new[] { 1, 2, 0 })]
    [InlineData("[\"cat\",\"dog\",\"fox\"]", HeadFate.Kept, new[] { 0, 1, 2 })]
    [InlineData(null, HeadFate.Kept, new[] { 0, 1, 2 })]
    public void Train_FromAFileOfTheSameClasses_BringsEachRowToItsClass(string? classes, HeadFate expected, int[] rows)
    {
        using var images = new TemporaryFolder();
        using var fixture = new TrainingFixture();
        TrainingJob source = Folder(fixture, images, "animals", Settings, "cat", "dog", "fox");
        fixture.Train(source);
        string path = images.File("stored.safetensors");
        using SafetensorsContent best = SafetensorsFile.Read(Path.Combine(source.Folder, RunFiles.Best), requireChecksum: true);
        using (FileStream stream = File.Create(path))
        {
            SafetensorsFile.Write(
                stream, best.Names.Select(name => (name, best[name])), classes is null ? [] : new Dictionary<string, string> { ["classes"] = classes });
        }

        // Such a small step changes no weight.
        TrainingJob job = Folder(fixture, images, "animals", Settings with { Pretrained = path, LearningRate = 1e-30, Optimizer = OptimizerKind.Sgd }, "cat", "dog", "fox");
        fixture.Train(job);

        using SafetensorsContent last = SafetensorsFile.Read(Path.Combine(job.Folder, RunFiles.Last), requireChecksum: true);
        Assert.All(rows.Index(), row => Assert.True(last["fc3.weight"][row.Index].equal(best["fc3.weight"][row.Item]).all().item<bool>()));
        Assert.All(rows.Index(), row => Assert.True(last["fc3.bias"][row.Index].equal(best["fc3.bias"][row.Item]).item<bool>()));
        Initialization note = ReadNote(job);
        Assert.Equal(expected, note.Head);
        Assert.Equal(expected == HeadFate.Reordered ? ["fc3.weight", "fc3.bias"] : [], note.Reordered);
        Assert.Equal(classes is null, fixture.Log.Warnings.Any(warning => warning.Contains("it is not known which classes the file's 3 outputs are for", StringComparison.Ordinal)));
    }

    [Fact]
    public void Train_PublishedWeights_NormalizesAsTheyNeedAndLeavesANote()
    {
        using var folder = new TemporaryFolder();
        PythonReference.Run("torch_files.py", "state", folder.Path, "resnet18", "1000");
        File.Move(folder.File("weights.pth"), folder.File("resnet18-f37072fd.pth"));
        using var fixture = new TrainingFixture(("Worker:WeightsFolder", folder.Path));

        TrainingJob job = fixture.Job(
            Settings with { Model = "resnet18", Pretrained = "imagenet", ImageSize = 32, FreezeEpochs = 1, BatchSize = 16 }, TrainingFixture.Digits(limit: 40));
        fixture.Train(job);

        using SafetensorsContent published = SafetensorsFile.Read(folder.File("weights.safetensors"), requireChecksum: false);
        using SafetensorsContent last = SafetensorsFile.Read(Path.Combine(job.Folder, RunFiles.Last), requireChecksum: true);
        Assert.Equal("[0.485,0.456,0.406]", last.Metadata["mean"]);
        Assert.Equal("[0.229,0.224,0.225]", last.Metadata["deviation"]);
        Assert.All(last.Names.Where(name => !name.StartsWith("fc.", StringComparison.Ordinal)), name => Assert.True(published[name].equal(last[name]).all().item<bool>(), name));
        Initialization note = ReadNote(job);
        Assert.Equal(("imagenet", "resnet18-f37072fd.pth", 120), (note.Source, note.File, note.Loaded.Count));
        Assert.StartsWith("not the file that was published: its SHA-256 is ", note.Warning, StringComparison.Ordinal);
        Assert.Equal(["fc.weight", "fc.bias"], note.Replaced);
        Assert.Equal([0.485, 0.456, 0.406], note.Normalization!.Mean);
    }

    [Fact]
    public void Train_ResumedWithoutTheWeights_GivesTheSameBits()
    {
        using var fixture = new TrainingFixture();
        TrainingJob source = fixture.Job(Settings with { Seed = 3 }, TrainingFixture.Digits(limit: 100));
        fixture.Train(source);
        string best = Path.Combine(source.Folder, RunFiles.Best);
        Hyperparameters settings = Settings with { Pretrained = best, Epochs = 2 };
        TrainingJob whole = fixture.Job(settings);
        fixture.Train(whole);

        TrainingJob first = fixture.Job(settings) with { Epochs = new EpochRange(0, 1) };
        fixture.Train(first);
        using (SafetensorsContent weights = SafetensorsFile.Read(best, requireChecksum: true))
        using (SafetensorsContent trained = SafetensorsFile.Read(Path.Combine(whole.Folder, RunFiles.Last), requireChecksum: true))
        {
            Assert.Equal(weights.Metadata["mean"], trained.Metadata["mean"]);
        }

        File.Delete(best);
        TrainingJob second = fixture.Job(settings, resumeFrom: first.Folder);
        fixture.Train(second);

        foreach (string file in (string[])[RunFiles.Best, RunFiles.Last, Initialization.FileName])
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(whole.Folder, file)), File.ReadAllBytes(Path.Combine(second.Folder, file)));
        }
    }

    [Fact]
    public async Task Prepare_RunsAsWeightsAndTeacher_BringsTheirFilesWithinReach()
    {
        using var fixture = new TrainingFixture();

        await fixture.Trainer.PrepareAsync(
            fixture.Job(Settings with { Pretrained = "run:run-1", Teacher = "run:run-2" }), TestContext.Current.CancellationToken);

        Assert.Equal(["run-1", "run-2"], fixture.Runs.Fetched);
    }

    [Fact]
    public async Task Prepare_PublishedWeights_AreDownloadedAndTheirHashChecked()
    {
        using var folder = new TemporaryFolder();
        await using FileServer server = await FileServer.StartAsync();
        server.Files["resnet18-f37072fd.pth"] = [1, 2, 3];
        using var fixture = new TrainingFixture(("Worker:WeightsCache", folder.Path), ("Worker:WeightsAddress", server.Url));

        TrainingException failure = await Assert.ThrowsAsync<TrainingException>(() => fixture.Trainer.PrepareAsync(
            fixture.Job(Settings with { Model = "resnet18", Pretrained = "imagenet" }), TestContext.Current.CancellationToken));
        await fixture.Trainer.PrepareAsync(fixture.Job(Settings), TestContext.Current.CancellationToken);

        Assert.Equal(FailureKind.Invalid, failure.Kind);
        Assert.Contains("does not begin with f37072fd", failure.Message, StringComparison.Ordinal);
        Assert.Single(server.Offsets);
    }

    private static TrainingJob Folder(TrainingFixture fixture, TemporaryFolder images, string name, Hyperparameters settings, params string[] classes)
    {
        Data.SampleImages.WriteClasses(images, name, 10, classes);
        return fixture.Job(settings with { ImageSize = 32, BatchSize = 8 }, new DatasetSpec { Name = "imagefolder", Path = Path.Combine(images.Path, name) });
    }

    private static Initialization ReadNote(TrainingJob job) => JsonSerializer.Deserialize<Initialization>(
        File.ReadAllText(Path.Combine(job.Folder, Initialization.FileName)), ContractJson.Options)!;
}
