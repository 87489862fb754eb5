using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.GoogLeNets;

/// <summary>A convolution with batch norm and ReLU; torchvision's <c>models.googlenet.BasicConv2d</c>.</summary>
internal sealed class BasicConv2d : LayerGroup
{
    private readonly Conv2d _conv;
    private readonly BatchNorm2d _bn;

    public BasicConv2d(long inputs, long outputs, long kernel, long stride = 1, long padding = 0)
        : base(nameof(BasicConv2d))
    {
        _conv = Add("conv", UnsetLayers.Conv2d(inputs, outputs, kernel, stride: stride, padding: padding, bias: false));
        _bn = Add("bn", nn.BatchNorm2d(outputs, eps: 0.001));
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        return F.relu(_bn.call(_conv.call(input)), inplace: true).MoveToOuterDisposeScope();
    }
}
