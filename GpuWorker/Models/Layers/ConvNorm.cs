using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Layers;

/// <summary>Convolution, batch norm and an optional activation, named 0, 1 and 2; torchvision's <c>ops.Conv2dNormActivation</c>.</summary>
internal static class ConvNorm
{
    /// <param name="kernel">Odd; padded so that stride 1 keeps the size.</param>
    /// <param name="activation">Null for none. Owned by the result.</param>
    public static Sequential Create(
        long inputs, long outputs, long kernel, long stride = 1, long groups = 1, nn.Module<Tensor, Tensor>? activation = null)
    {
        (string, nn.Module<Tensor, Tensor>) conv =
            ("0", nn.Conv2d(inputs, outputs, kernel, stride: stride, padding: (kernel - 1) / 2, groups: groups, bias: false));
        (string, nn.Module<Tensor, Tensor>) norm = ("1", nn.BatchNorm2d(outputs));
        return activation is null ? nn.Sequential(conv, norm) : nn.Sequential(conv, norm, ("2", activation));
    }
}
