using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Transformers;

/// <summary>Initial weights as PyTorch draws them for transformers, from a given generator.</summary>
internal static class TransformerInitialization
{
    // One step of float32 inside the ends of (-1, 1), where the inverse error function is infinite.
    private const double LargestProbability = 1 - (1.0 / (1 << 24));

    /// <summary>
    /// Normal with mean 0, redrawn beyond ±2 (absolute, not in deviations): PyTorch's <c>nn.init.trunc_normal_</c> with its default
    /// bounds. Uses the inverse distribution function, so that each element takes one random number.
    /// </summary>
    public static void TruncatedNormal(Tensor weight, double deviation, Generator generator)
    {
        using IDisposable unrecorded = no_grad();
        // The error function of the bound saturates for the deviations that networks use; Φ(x) = (1 + erf(x/√2)) / 2.
        using Tensor bound = erf(tensor(2 / (deviation * Math.Sqrt(2))));
        double reach = Math.Min(bound.item<double>(), LargestProbability);
        weight.uniform_(-reach, reach, generator).clamp_(-reach, reach).erfinv_().mul_(deviation * Math.Sqrt(2)).clamp_(-2, 2);
    }

    /// <summary>Uniform within √(6 / (inputs + outputs)) (Glorot and Bengio, 2010), for a weight [outputs, inputs].</summary>
    public static void XavierUniform(Tensor weight, Generator generator)
    {
        using IDisposable unrecorded = no_grad();
        double bound = Math.Sqrt(6.0 / (weight.shape[0] + weight.shape[1]));
        weight.uniform_(-bound, bound, generator);
    }
}
