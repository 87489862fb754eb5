using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Tests.Reference;
using Experiments.GpuWorker.Training.Pretrained.Stored;
using Experiments.GpuWorker.Training.Pretrained.TorchFiles;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Pretrained.TorchFiles;

/// <summary>Files written by PyTorch are read correctly.</summary>
[Collection(nameof(TrainingTests))]
public sealed class TorchFileTests(TorchFileTests.Written written) : IClassFixture<TorchFileTests.Written>
{
    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    public void Read_EveryTypeAndLayout_IsWhatWasSaved(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        using SafetensorsContent expected = SafetensorsFile.Read(written.File("expected.safetensors"), requireChecksum: false);
        using TorchFile opened = TorchFile.Open(written.File(name));
        IStateDict file = Assert.Single(opened.StateDicts);

        Assert.Equal(expected.Names.Order(), file.Names.Order());
        Assert.All(file.Names, key =>
        {
            Tensor read = file.Read(key);
            Assert.Equal(expected[key].shape, read.shape);
            Assert.Equal(expected[key].shape, file.ShapeOf(key));
            Assert.True(read.to_type(ScalarType.Float64).equal(expected[key]).all().item<bool>(), key);
        });
        Assert.Equal(ScalarType.BFloat16, file.Read("bfloat16").dtype);
        Assert.Equal(ScalarType.Bool, file.Read("bool").dtype);
    }

    [Theory]
    [InlineData("wrapped.pth", "a", "state_dict")]
    [InlineData("parallel.pth", "module.a", "model")]
    [InlineData("protocol4.pth", "a", "")]
    public void Open_StateDictAmongOtherThings_IsFound(string name, string key, string container)
    {
        using TorchFile opened = TorchFile.Open(written.File(name));
        IStateDict file = Assert.Single(opened.StateDicts);
        using Tensor tensor = file.Read(key);

        Assert.Equal(container, file.Container);
        Assert.Equal([key], file.Names);
        Assert.Equal([0f, 1f, 2f], tensor.data<float>().ToArray());
    }

    [Fact]
    public void Open_NoNamedTensors_NamesWhatIsThere()
    {
        TorchFileException failure = Assert.Throws<TorchFileException>(() => TorchFile.Open(written.File("no tensors.pth")));

        Assert.Contains("no named tensors, only \"nothing\"; a state dict is expected", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zip.pth")]
    [InlineData("legacy.pth")]
    public void Open_CutShortAnywhere_IsRefused(string name)
    {
        byte[] whole = File.ReadAllBytes(written.File(name));
        foreach (int length in Enumerable.Range(0, 60).Select(i => i * (whole.Length - 1) / 59))
        {
            using var folder = new TemporaryFolder();
            string path = folder.File("cut.pth");
            File.WriteAllBytes(path, whole[..length]);

            Assert.Throws<TorchFileException>(() => TorchFile.Open(path));
        }
    }

    /// <summary>The files, made once by PyTorch.</summary>
    public sealed class Written : IDisposable
    {
        private readonly TemporaryFolder _folder = new();

        public Written() => PythonReference.Run("torch_files.py", "tensors", _folder.Path);

        public string File(string name) => _folder.File(name);

        public void Dispose() => _folder.Dispose();
    }
}
