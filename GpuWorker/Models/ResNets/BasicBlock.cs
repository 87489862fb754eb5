using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.ResNets;

/// <summary>Two 3×3 convolutions around a shortcut; torchvision's <c>models.resnet.BasicBlock</c>.</summary>
internal sealed class BasicBlock : LayerGroup
{
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly Conv2d _conv2;
    private readonly BatchNorm2d _bn2;
    private readonly Sequential? _downsample;
    private readonly long _stride;

    private BasicBlock(long inputs, long width, long stride)
        : base(nameof(BasicBlock))
    {
        _stride = stride;
        _conv1 = Add("conv1", UnsetLayers.Conv2d(inputs, width, 3, stride: stride, padding: 1, bias: false));
        _bn1 = Add("bn1", nn.BatchNorm2d(width));
        _conv2 = Add("conv2", UnsetLayers.Conv2d(width, width, 3, padding: 1, bias: false));
        _bn2 = Add("bn2", nn.BatchNorm2d(width));
        _downsample = Shortcut.Create(inputs, width, stride);
        if (_downsample is not null)
        {
            register_module("downsample", _downsample);
        }
    }

    public static ResidualBlock Kind { get; } = new(1, (inputs, width, stride) => new BasicBlock(inputs, width, stride));

    /// <summary>[N, inputs, S, S] to [N, width, S/stride, S/stride].</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = F.relu(_bn1.call(SmallMapConvolution.Call(_conv1, _stride, input)), inplace: true);
        x = _bn2.call(SmallMapConvolution.Call(_conv2, 1, x));
        Tensor shortcut = _downsample is null ? input : _downsample.call(input);
        return F.relu(x.add_(shortcut), inplace: true).MoveToOuterDisposeScope();
    }
}
