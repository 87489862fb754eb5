using Experiments.GpuWorker.Models.Base;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Compression;

/// <summary>
/// The weights that pruning and quantisation are about: the matrices of convolutions and linear layers (attention's projections among them), the
/// head included, as in PyTorch's tutorial of pruning. Biases, norms and position tables are few and stay as they are.
/// </summary>
internal static class CompressibleWeights
{
    /// <summary>In the order of the network; the tensors stay its own.</summary>
    public static IReadOnlyList<(string Name, Tensor Weight)> Of(ImageModel model) =>
        [.. model.named_parameters().Where(pair => IsOne(pair.name, pair.parameter)).Select(pair => (pair.name, (Tensor)pair.parameter))];

    public static bool IsOne(string name, Tensor tensor) => name.EndsWith("weight", StringComparison.Ordinal) && tensor.dim() >= 2;
}
