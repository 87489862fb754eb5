using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.ResNets;

/// <summary>
/// A 3×3 convolution between two 1×1 convolutions, around a shortcut; torchvision's <c>models.resnet.Bottleneck</c>, which has its stride in the
/// 3×3 convolution.
/// </summary>
internal sealed class Bottleneck : LayerGroup
{
    private const long Expansion = 4;

    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _bn1;
    private readonly Conv2d _conv2;
    private readonly BatchNorm2d _bn2;
    private readonly Conv2d _conv3;
    private readonly BatchNorm2d _bn3;
    private readonly Sequential? _downsample;
    private readonly long _stride;

    private Bottleneck(long inputs, long width, long stride)
        : base(nameof(Bottleneck))
    {
        long outputs = Expansion * width;
        _stride = stride;
        _conv1 = Add("conv1", UnsetLayers.Conv2d(inputs, width, 1, bias: false));
        _bn1 = Add("bn1", nn.BatchNorm2d(width));
        _conv2 = Add("conv2", UnsetLayers.Conv2d(width, width, 3, stride: stride, padding: 1, bias: false));
        _bn2 = Add("bn2", nn.BatchNorm2d(width));
        _conv3 = Add("conv3", UnsetLayers.Conv2d(width, outputs, 1, bias: false));
        _bn3 = Add("bn3", nn.BatchNorm2d(outputs));
        _downsample = Shortcut.Create(inputs, outputs, stride);
        if (_downsample is not null)
        {
            register_module("downsample", _downsample);
        }
    }

    public static ResidualBlock Kind { get; } = new(Expansion, (inputs, width, stride) => new Bottleneck(inputs, width, stride));

    /// <summary>[N, inputs, S, S] to [N, 4·width, S/stride, S/stride].</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = F.relu(_bn1.call(_conv1.call(input)), inplace: true);
        x = F.relu(_bn2.call(SmallMapConvolution.Call(_conv2, _stride, x)), inplace: true);
        x = _bn3.call(_conv3.call(x));
        Tensor shortcut = _downsample is null ? input : _downsample.call(input);
        return F.relu(x.add_(shortcut), inplace: true).MoveToOuterDisposeScope();
    }
}
