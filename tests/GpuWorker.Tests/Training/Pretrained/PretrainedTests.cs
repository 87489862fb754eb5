using System.Text.Json;
using Experiments.Contracts;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Tests.Corpus;
using Experiments.GpuWorker.Tests.Downloads;
using Experiments.GpuWorker.Tests.Reference;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Pretrained;

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

        // So small a step changes no weight.
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

    [Theory]
    [InlineData("imagenet", "no weights are published for lenet5; there are for alexnet, ")]
    [InlineData("run:unknown", "finds no best weights of such a run")]
    [InlineData("/nowhere/x.safetensors", "there is no such file on this worker")]
    public void Train_SourceThatIsNotThere_IsInvalid(string source, string expected)
    {
        using var fixture = new TrainingFixture();

        AssertInvalid(fixture, Settings with { Pretrained = source }, expected);
    }

    [Fact]
    public void Train_FileOfAnotherArchitecture_NamesItsLayersAndWhoseTheyAre()
    {
        using var fixture = new TrainingFixture();
        TrainingJob source = fixture.Job(Settings);
        fixture.Train(source);

        AssertInvalid(
            fixture,
            Settings with { Model = "small_cnn", Pretrained = Path.Combine(source.Folder, RunFiles.Best) },
            "it has layers that this network does not have: \"fc3.weight\", \"fc3.bias\"; they are the backbone of another architecture. The weights in this file are lenet5's; write model: lenet5");
    }

    [Fact]
    public void Train_WeightsOfTheUsualStemForSmallImages_SaysHowToTakeThem()
    {
        using var fixture = new TrainingFixture();
        Hyperparameters usual = Settings with { Model = "resnet18", SmallInput = false, ImageSize = 32, BatchSize = 16 };
        TrainingJob source = fixture.Job(usual, TrainingFixture.Digits(limit: 20));
        fixture.Train(source);

        AssertInvalid(fixture, usual with { SmallInput = true, Pretrained = Path.Combine(source.Folder, RunFiles.Best) }, "weights of the usual one need smallInput: false");
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

    [Theory]
    [InlineData("LAST.CKPT", float.NaN)]
    [InlineData("last.pth", float.PositiveInfinity)]
    [InlineData("Last.SafeTensors", float.NaN)]
    public void Train_WeightsThatAreNoNumbers_IsInvalidAndNamesTensorAndFile(string name, float value)
    {
        using DisposeScope scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using ImageModel model = ModelRegistry.All["lenet5"](new ModelShape(10, 32));
        Dictionary<string, Tensor> state = model.state_dict();
        Dictionary<string, Tensor> stored = state.ToDictionary(item => item.Key, item => item.Key == "conv2.bias" ? full_like(item.Value, value) : ones_like(item.Value));
        string path = folder.File(name);
        if (WeightFileNames.IsSafetensors(path))
        {
            using FileStream stream = File.Create(path);
            SafetensorsFile.Write(stream, stored.Select(item => (item.Key, item.Value)), new Dictionary<string, string>());
        }
        else
        {
            TorchFileWriter.Save(path, stored.ToDictionary(item => item.Key, item => (object?)item.Value));
        }

        using var fixture = new TrainingFixture();

        AssertInvalid(fixture, Settings with { Pretrained = path }, $"pretrained \"{path}\" cannot be used: tensor \"conv2.bias\" holds NaN or infinite values");
    }

    [Theory]
    [InlineData("own.safetensors")]
    [InlineData("own.pth")]
    public void Train_GitLfsPointer_IsInvalidAndSaysWhatToDo(string name)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File(name);
        File.WriteAllText(path, "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 12345\n");
        using var fixture = new TrainingFixture();

        AssertInvalid(fixture, Settings with { Pretrained = path }, $"pretrained \"{path}\" cannot be used: it is a Git LFS pointer, a text in place of the file itself; run git lfs pull");
    }

    /// <summary>The texts of a file of the user's own.</summary>
    [Fact]
    public void Train_NormalizationOfAnotherScale_IsInvalidAndQuoted()
    {
        using DisposeScope scope = NewDisposeScope();
        using var folder = new TemporaryFolder();
        using ImageModel model = ModelRegistry.All["lenet5"](new ModelShape(10, 32));
        string path = folder.File("own.safetensors");
        using (FileStream stream = File.Create(path))
        {
            SafetensorsFile.Write(
                stream,
                model.state_dict().Select(item => (item.Key, item.Value)),
                new Dictionary<string, string> { ["mean"] = "[123.675,116.28,103.53]", ["deviation"] = "[58.395,57.12,57.375]" });
        }

        using var fixture = new TrainingFixture();

        AssertInvalid(fixture, Settings with { Pretrained = path }, "its text \"mean\" is [123.675,116.28,103.53]; expected three numbers from 0 to 1");
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
    public void Train_PickleThatCallsPython_IsInvalidAndNamesTheCall()
    {
        using var folder = new TemporaryFolder();
        PythonReference.Run("torch_files.py", "malicious", folder.Path);
        using var fixture = new TrainingFixture();

        AssertInvalid(fixture, Settings with { Pretrained = folder.File("posix.system zip.pth") }, "posix.system is not allowed");
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

    private static void AssertInvalid(TrainingFixture fixture, Hyperparameters settings, string expected)
    {
        TrainingException failure = Assert.Throws<TrainingException>(
            () => fixture.Trainer.Train(fixture.Job(settings), new RecordingListener(), CancellationToken.None, CancellationToken.None));
        Assert.Equal(FailureKind.Invalid, failure.Kind);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }
}
