using Experiments.GpuWorker.Models.Layers;
using TorchSharp.Modules;
using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.EfficientNets;

/// <summary>Scales the channels by a function of their averages (Hu et al., 2018); torchvision's <c>ops.SqueezeExcitation</c> with SiLU.</summary>
internal sealed class SqueezeExcitation : LayerGroup
{
    private readonly Conv2d _fc1;
    private readonly Conv2d _fc2;

    public SqueezeExcitation(long channels, long squeezed)
        : base(nameof(SqueezeExcitation))
    {
        _fc1 = Add("fc1", nn.Conv2d(channels, squeezed, 1));
        _fc2 = Add("fc2", nn.Conv2d(squeezed, channels, 1));
    }

    /// <summary>[N, channels, S, S] to the same shape.</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor scale = _fc1.call(F.adaptive_avg_pool2d(input, [1, 1]));
        scale = _fc2.call(F.silu(scale)).sigmoid_();
        return (input * scale).MoveToOuterDisposeScope();
    }
}
