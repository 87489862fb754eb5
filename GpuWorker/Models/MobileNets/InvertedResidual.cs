using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.MobileNets;

/// <summary>
/// A 1×1 expansion, a depthwise convolution and a linear 1×1 projection; torchvision's
/// <c>models.mobilenetv2.InvertedResidual</c>.
/// </summary>
internal sealed class InvertedResidual : LayerGroup
{
    private readonly Sequential _conv;
    private readonly bool _hasShortcut;

    public InvertedResidual(long inputs, long outputs, long stride, long expansion)
        : base(nameof(InvertedResidual))
    {
        long hidden = inputs * expansion;
        List<nn.Module<Tensor, Tensor>> layers = expansion == 1
            ? []
            : [ConvNorm.Create(inputs, hidden, 1, activation: nn.ReLU6(inplace: true))];
        layers.Add(ConvNorm.Create(hidden, hidden, 3, stride, groups: hidden, nn.ReLU6(inplace: true)));
        layers.Add(nn.Conv2d(hidden, outputs, 1, bias: false));
        layers.Add(nn.BatchNorm2d(outputs));
        _conv = Add("conv", nn.Sequential(layers));
        _hasShortcut = stride == 1 && inputs == outputs;
    }

    /// <summary>[N, inputs, S, S] to [N, outputs, S/stride, S/stride].</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _conv.call(input);
        return (_hasShortcut ? x.add_(input) : x).MoveToOuterDisposeScope();
    }
}
