using TorchSharp.Modules;
using static TorchSharp.torch;
using Layer = TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>;

namespace Experiments.GpuWorker.Models.Layers;

/// <summary>The convolutions of a network, whichever layer computes them.</summary>
internal static class Convolutions
{
    /// <summary>A 1×1 convolution without bias and with unset weights: torch's own where this machine can compute it.</summary>
    public static Layer Pointwise(long inputs, long outputs, long stride = 1) => HiddenCaches.AreHere && HiddenCaches.Break(inputs, outputs)
        ? new PointwiseConv2d(inputs, outputs, stride)
        : UnsetLayers.Conv2d(inputs, outputs, 1, stride: stride, bias: false);

    /// <summary>[outputs, inputs / groups, kernel, kernel] of each, in the order of the network's modules.</summary>
    public static IEnumerable<Parameter> WeightsOf(nn.Module network) =>
        network.modules().Select(WeightOf).OfType<Parameter>();

    /// <summary>Null for a layer that is no convolution.</summary>
    public static Parameter? WeightOf(nn.Module layer) => layer switch
    {
        Conv2d conv => conv.weight,
        PointwiseConv2d conv => conv.Weight,
        _ => null,
    };
}
