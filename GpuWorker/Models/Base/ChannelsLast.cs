using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Base;

/// <summary>
/// The memory order in which the channels of a pixel are adjacent; PyTorch's <c>torch.channels_last</c>. Shapes stay as they
/// are; layers keep the order that they are given.
/// </summary>
internal static class ChannelsLast
{
    /// <param name="images">[N, C, H, W].</param>
    /// <returns>The same in the other order.</returns>
    public static Tensor Of(Tensor images) => images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    /// <summary>Reorders the weights of all convolutions. Must be called before the parameters are referenced elsewhere.</summary>
    public static void Apply(ImageModel model)
    {
        using IDisposable unrecorded = no_grad();
        foreach (Conv2d convolution in model.modules().OfType<Conv2d>())
        {
            // Detached, since autograd treats the weight as a view of the previous one if the order does not change. The layer disposes the previous one.
            var ordered = new Parameter(Of(convolution.weight.detach()).detach(), convolution.weight.requires_grad);
            ordered.DetachFromDisposeScope();
            convolution.weight = ordered;
        }
    }
}
