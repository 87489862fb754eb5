using Experiments.GpuWorker.Models.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.ResNets;

/// <summary>The shortcut of a residual block.</summary>
internal static class Shortcut
{
    /// <summary>A 1×1 convolution with batch norm if the shape changes (torchvision's <c>downsample</c>), or null if the input itself is added.</summary>
    public static Sequential? Create(long inputs, long outputs, long stride) => stride == 1 && inputs == outputs
        ? null
        : nn.Sequential(
            ("0", UnsetLayers.Conv2d(inputs, outputs, 1, stride: stride, bias: false)),
            ("1", nn.BatchNorm2d(outputs)));
}
