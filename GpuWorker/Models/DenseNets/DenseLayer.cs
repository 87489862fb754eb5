using Experiments.GpuWorker.Models.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.DenseNets;

/// <summary>Batch norm, ReLU and 1×1 convolution, then the same with a 3×3 convolution; torchvision's <c>models.densenet._DenseLayer</c>.</summary>
internal sealed class DenseLayer : LayerGroup
{
    /// <summary>Channels between the two convolutions, as a multiple of the layer's output channels.</summary>
    private const long BottleneckFactor = 4;

    private readonly BatchNorm2d _norm1;
    private readonly Conv2d _conv1;
    private readonly BatchNorm2d _norm2;
    private readonly Conv2d _conv2;

    public DenseLayer(long inputs, long outputs)
        : base(nameof(DenseLayer))
    {
        long between = BottleneckFactor * outputs;
        _norm1 = Add("norm1", nn.BatchNorm2d(inputs));
        _conv1 = Add("conv1", UnsetLayers.Conv2d(inputs, between, 1, bias: false));
        _norm2 = Add("norm2", nn.BatchNorm2d(between));
        _conv2 = Add("conv2", UnsetLayers.Conv2d(between, outputs, 3, padding: 1, bias: false));
    }

    /// <summary>[N, inputs, S, S] to [N, outputs, S, S].</summary>
    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = _conv1.call(F.relu(_norm1.call(input), inplace: true));
        return _conv2.call(F.relu(_norm2.call(x), inplace: true)).MoveToOuterDisposeScope();
    }
}
