using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.Layers;

/// <summary>
/// Trains 3×3 convolutions with padding 1 on CPUs without multiplying the padding, where it is most of what the kernel covers: on maps of 1×1 only the
/// middle of the kernel meets a pixel, and on maps of 2×2 with stride 2 four of its nine places do. That makes the convolution a matrix product, equal
/// up to rounding, in a third of the time. The last layers of a ResNet reach such maps with images of 32 pixels.
/// </summary>
internal static class SmallMapConvolution
{
    private const long Middle = 1;

    /// <summary>[N, inputs, S, S] to [N, outputs, ⌈S/stride⌉, ⌈S/stride⌉].</summary>
    /// <param name="conv">3×3, padding 1, no groups and no bias.</param>
    /// <param name="stride">The stride of <paramref name="conv"/>, 1 or 2.</param>
    public static Tensor Call(Conv2d conv, long stride, Tensor input)
    {
        long side = Math.Max(input.shape[2], input.shape[3]);
        bool isProduct = side == 1 || (side == 2 && stride == 2 && input.shape[2] == input.shape[3]);

        // Evaluation calls the layer itself, which lets hooks see its output.
        if (!isProduct || !conv.training || input.device_type != DeviceType.CPU)
        {
            return conv.call(input);
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor met = conv.weight.narrow(2, Middle, side).narrow(3, Middle, side);
        return F.linear(input.reshape(input.shape[0], -1), met.reshape(met.shape[0], -1)).view(input.shape[0], -1, 1, 1).MoveToOuterDisposeScope();
    }
}
