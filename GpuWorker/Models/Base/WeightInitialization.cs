using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Base;

/// <summary>Initial weights as PyTorch and torchvision draw them, from a given generator.</summary>
internal static class WeightInitialization
{
    /// <summary>PyTorch's default of convolutions and linear layers: uniform within 1/√fan_in, for weight and bias.</summary>
    public static void Default(Tensor weight, Tensor? bias, Generator generator)
    {
        using IDisposable frozen = no_grad();
        double bound = 1 / Math.Sqrt(FanIn(weight));
        weight.uniform_(-bound, bound, generator);
        bias?.uniform_(-bound, bound, generator);
    }

    /// <summary>torchvision's ResNet convolutions: normal with variance 2/fan_out (He et al., 2015).</summary>
    public static void KaimingNormalFanOut(Tensor weight, Generator generator) =>
        Normal(weight, Math.Sqrt(2.0 / (FanIn(weight) / weight.shape[1] * weight.shape[0])), generator);

    /// <summary>torchvision's DenseNet convolutions: normal with variance 2/fan_in (He et al., 2015).</summary>
    public static void KaimingNormalFanIn(Tensor weight, Generator generator) => Normal(weight, Math.Sqrt(2.0 / FanIn(weight)), generator);

    /// <summary>Normal with mean 0.</summary>
    public static void Normal(Tensor weight, double deviation, Generator generator)
    {
        using IDisposable frozen = no_grad();
        weight.normal_(0, deviation, generator);
    }

    public static void Zero(Tensor? weight)
    {
        using IDisposable frozen = no_grad();
        weight?.zero_();
    }

    /// <summary>Inputs per output element of a weight [out, in] or [out, in, kernel height, kernel width].</summary>
    private static long FanIn(Tensor weight) => weight.shape.Skip(1).Aggregate(1L, (product, size) => product * size);
}
