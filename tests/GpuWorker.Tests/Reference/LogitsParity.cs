using Experiments.GpuWorker.Files;
using Experiments.GpuWorker.Models.Base;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Tests.Reference;

/// <summary>Compares a network with the output of a script in this folder: <c>weights.safetensors</c> and <c>batch.safetensors</c>.</summary>
internal static class LogitsParity
{
    /// <summary>The same names and shapes, and with the reference's weights the same logits.</summary>
    public static void AssertSame(ImageModel model, string folder)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable unrecorded = no_grad();
        using SafetensorsContent weights = SafetensorsFile.Read(Path.Combine(folder, "weights.safetensors"), requireChecksum: false);
        using SafetensorsContent batch = SafetensorsFile.Read(Path.Combine(folder, "batch.safetensors"), requireChecksum: false);
        Dictionary<string, Tensor> state = model.state_dict();

        Assert.Equal(Shapes(weights.Names.Select(key => (key, weights[key]))), Shapes(state.Select(pair => (pair.Key, pair.Value))));

        foreach ((string key, Tensor tensor) in state)
        {
            tensor.copy_(weights[key]);
        }

        model.eval();
        Tensor expected = batch["logits"];
        Tensor difference = (model.forward(batch["images"]) - expected).abs().max();
        Assert.InRange(difference.item<float>(), 0, 1e-4);
        Assert.True(expected.std().item<float>() > 0.01, "logits that are all alike compare nothing");
    }

    /// <summary>Names and shapes in a fixed order.</summary>
    public static string[] Shapes(IEnumerable<(string Name, Tensor Tensor)> tensors) =>
        [.. tensors.Select(pair => $"{pair.Name} [{string.Join(", ", pair.Tensor.shape)}]").Order(StringComparer.Ordinal)];
}
