using Experiments.GpuWorker.Models;
using Experiments.GpuWorker.Tests.Reference;
using Experiments.GpuWorker.Tests.Training;
using Experiments.GpuWorker.Training.Checkpoints;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Models;

/// <summary>Weights made by torchvision give the same logits here, under the same names.</summary>
[Collection(nameof(TrainingTests))]
public sealed class TorchvisionParityTests : IDisposable
{
    /// <summary>Not an architecture of torchvision 0.14.</summary>
    private static readonly string[] Others = ["small_cnn", "lenet5", "student_cnn", "vgg16_slim", "vgg16_gap", "vgg16_dws"];

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Names => [.. ModelRegistry.All.Names.Except(Others)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Forward_WeightsOfTorchvision_GivesItsLogits(string name)
    {
        const int Classes = 7;
        int size = name.StartsWith("vit_", StringComparison.Ordinal) || name.StartsWith("swin_", StringComparison.Ordinal) ? 224 : 64;
        PythonReference.Run("torchvision_model.py", name, $"{Classes}", $"{size}", _folder.Path);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        using SafetensorsContent weights = SafetensorsFile.Read(Path.Combine(_folder.Path, "weights.safetensors"), requireChecksum: false);
        using SafetensorsContent batch = SafetensorsFile.Read(Path.Combine(_folder.Path, "batch.safetensors"), requireChecksum: false);
        using ImageModel model = ModelRegistry.All[name](new ModelShape(Classes, size));
        Dictionary<string, Tensor> state = model.state_dict();

        Assert.Equal(Shapes(weights.Names.Select(key => (key, weights[key]))), Shapes(state.Select(pair => (pair.Key, pair.Value))));

        foreach ((string key, Tensor tensor) in state)
        {
            tensor.copy_(weights[key]);
        }

        model.eval();
        Tensor difference = (model.forward(batch["images"]) - batch["logits"]).abs().max();
        Assert.InRange(batch["logits"].std().item<float>(), 0.5, 2);
        Assert.InRange(difference.item<float>(), 0, 1e-4);
    }

    public void Dispose() => _folder.Dispose();

    private static string[] Shapes(IEnumerable<(string Name, Tensor Tensor)> tensors) =>
        [.. tensors.Select(pair => $"{pair.Name} [{string.Join(", ", pair.Tensor.shape)}]").Order(StringComparer.Ordinal)];
}
