using Experiments.GpuWorker.Models.Base;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Compression;

/// <summary>
/// The weights that are pruned and quantized: the matrices of convolutions and linear layers (including attention projections), the
/// head included, as in PyTorch's pruning tutorial. Biases, norms and position tables are small and stay unchanged.
/// </summary>
internal static class CompressibleWeights
{
    /// <summary>In the order of the network, which owns the tensors.</summary>
    public static IReadOnlyList<(string Name, Tensor Weight)> Of(ImageModel model) =>
        [.. model.named_parameters().Where(pair => IsOne(pair.name, pair.parameter)).Select(pair => (pair.name, (Tensor)pair.parameter))];

    public static bool IsOne(string name, Tensor tensor) => name.EndsWith("weight", StringComparison.Ordinal) && tensor.dim() >= 2;
}
