using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Jobs;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Tests.Corpus;
using Experiments.GpuWorker.Tests.Reference;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Pretrained;

/// <summary>Pretrained weights that cannot be used fail the run as invalid, with the reason.</summary>
[Collection(nameof(TrainingTests))]
public class RefusedWeightsTests
{
    private static readonly Hyperparameters Settings = TrainingFixture.Quick with { Model = "lenet5", Epochs = 1 };

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
    public void Train_FileOfAnotherArchitecture_NamesItsLayersAndTheModel()
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

    [Theory(Timeout = 60_000)]
    [InlineData("own.safetensors")]
    [InlineData("own.pth")]
    public async Task Train_Pipe_IsInvalidAndNamed(string name)
    {
        using var folder = new TemporaryFolder();
        await NamedPipe.CreateAsync(folder.File(name));
        using var fixture = new TrainingFixture();

        await Task.Run(
            () => AssertInvalid(fixture, Settings with { Pretrained = folder.File(name) }, $"\"{folder.File(name)}\" is empty, or not a regular file"),
            TestContext.Current.CancellationToken).WaitAsync(TestContext.Current.CancellationToken);
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

    /// <summary>Texts in a user's file.</summary>
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
    public void Train_PickleThatCallsPython_IsInvalidAndNamesTheCall()
    {
        using var folder = new TemporaryFolder();
        PythonReference.Run("torch_files.py", "malicious", folder.Path);
        using var fixture = new TrainingFixture();

        AssertInvalid(fixture, Settings with { Pretrained = folder.File("posix.system zip.pth") }, "posix.system is not allowed");
    }

    private static void AssertInvalid(TrainingFixture fixture, Hyperparameters settings, string expected)
    {
        TrainingException failure = Assert.Throws<TrainingException>(
            () => fixture.Trainer.Train(fixture.Job(settings), new RecordingListener(), CancellationToken.None, CancellationToken.None));
        Assert.Equal(FailureKind.Invalid, failure.Kind);
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }
}
