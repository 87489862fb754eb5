using Experiments.GpuWorker.Models.Base;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Compression;

/// <summary>
/// Sets the smallest weights of a whole network to zero (Han et al., 2015), across all layers;
/// <c>torch.nn.utils.prune.global_unstructured</c> with <c>L1Unstructured</c>.
/// </summary>
internal static class MagnitudePruning
{
    /// <param name="model">The network whose weights are ranked.</param>
    /// <param name="follower">A network that gets zeros in the same places; null for none.</param>
    /// <param name="share">The share of all weights, in [0, 1).</param>
    public static void Apply(ImageModel model, ImageModel? follower, double share)
    {
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        IReadOnlyList<(string Name, Tensor Weight)> weights = CompressibleWeights.Of(model);
        Tensor magnitudes = cat([.. weights.Select(pair => pair.Weight.abs().flatten())]);
        int count = (int)Math.Round(share * magnitudes.numel());
        Tensor pruned = zeros(magnitudes.numel(), ScalarType.Bool, magnitudes.device);
        if (count > 0)
        {
            using Scalar yes = true;
            pruned.index_fill_(0, magnitudes.topk(count, largest: false, sorted: false).indexes, yes);
        }

        SetZeros(weights, pruned);
        if (follower is not null)
        {
            SetZeros(CompressibleWeights.Of(follower), pruned);
        }
    }

    private static void SetZeros(IReadOnlyList<(string Name, Tensor Weight)> weights, Tensor pruned)
    {
        using Scalar zero = 0;
        long start = 0;
        foreach ((_, Tensor weight) in weights)
        {
            weight.masked_fill_(pruned.narrow(0, start, weight.numel()).view(weight.shape), zero);
            start += weight.numel();
        }
    }
}
