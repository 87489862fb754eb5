using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Models.Base;
using Experiments.GpuWorker.Tests.Reference;
using Experiments.GpuWorker.Training.Pretrained;
using Experiments.GpuWorker.Training.Pretrained.TorchFiles;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Training.Pretrained;

/// <summary>Published files and checkpoints load into the networks of this program under all known names.</summary>
[Collection(nameof(TrainingTests))]
public sealed class WeightTransferTests : IDisposable
{
    /// <summary>The smallest model of each family with special file formats.</summary>
    private static readonly string[] Families = ["resnet18", "mobilenet_v2", "densenet121", "googlenet", "efficientnet_b0", "swin_t", "vit_b_16"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Published => [.. Families.Intersect(ModelRegistry.All.Names)];

    public static TheoryData<string> Transformers => [.. new[] { "vit_b_16" }.Intersect(ModelRegistry.All.Names)];

    [Theory]
    [MemberData(nameof(Published))]
    public void Run_PublishedFile_FillsAllButTheClasses(string name)
    {
        PythonReference.Run("torch_files.py", "published", _folder.Path, name);

        Initialization result = AssertFilled(name, "published.pth");

        Assert.Empty(result.Skipped);
    }

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Transformers))]
    public void Run_MocoCheckpoint_FillsTheVisionTransformer(string name)
    {
        PythonReference.Run("torch_files.py", "moco", _folder.Path);

        Initialization result = AssertFilled(name, "moco.pth");

        Assert.Equal(["heads.head.weight", "heads.head.bias"], result.Replaced);
        Assert.Contains("module.predictor.0.weight", result.Skipped);
    }

    public void Dispose() => _folder.Dispose();

    private Initialization AssertFilled(string name, string file)
    {
        using DisposeScope scope = NewDisposeScope();
        using ImageModel model = ModelRegistry.All[name](new ModelShape(10, 224));
        using TorchFile stored = TorchFile.Open(_folder.File(file));
        using SafetensorsContent expected = SafetensorsFile.Read(_folder.File("weights.safetensors"), requireChecksum: false);

        Initialization result = new WeightTransfer(model, stored, [.. Enumerable.Range(0, 10).Select(label => $"{label}")]).Run();

        Dictionary<string, Tensor> state = model.state_dict();
        Assert.All(result.Loaded, key => Assert.True(state[key].equal(expected[key]).all().item<bool>(), key));
        Assert.All(result.Replaced, key => Assert.True(model.DependsOnClasses(key), key));
        Assert.All(result.Kept, key => Assert.EndsWith("num_batches_tracked", key, StringComparison.Ordinal));
        Assert.Equal(state.Count, result.Loaded.Count + result.Replaced.Count + result.Kept.Count);
        return result;
    }
}
