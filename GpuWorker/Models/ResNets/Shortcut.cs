using Experiments.GpuWorker.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.ResNets;

/// <summary>The way around a residual block.</summary>
internal static class Shortcut
{
    /// <summary>A 1×1 convolution with batch norm where the shape changes (torchvision's <c>downsample</c>), or null where the input itself is added.</summary>
    public static Sequential? Create(long inputs, long outputs, long stride) => stride == 1 && inputs == outputs
        ? null
        : nn.Sequential(
            ("0", Convolutions.Pointwise(inputs, outputs, stride)),
            ("1", nn.BatchNorm2d(outputs)));
}
