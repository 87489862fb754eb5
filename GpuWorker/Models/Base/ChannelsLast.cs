using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Base;

/// <summary>
/// The order of elements in memory in which the channels of a pixel lie side by side; PyTorch's <c>torch.channels_last</c>. Shapes stay as they
/// are; layers keep the order that they are given.
/// </summary>
internal static class ChannelsLast
{
    /// <param name="images">[N, C, H, W].</param>
    /// <returns>The same in the other order.</returns>
    public static Tensor Of(Tensor images) => images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

    /// <summary>Gives the weights of all convolutions that order. To be done before anybody keeps hold of the parameters.</summary>
    public static void Apply(ImageModel model)
    {
        using IDisposable unrecorded = no_grad();
        foreach (Conv2d convolution in model.modules().OfType<Conv2d>())
        {
            // Detached, since autograd takes a weight for a view of the one before where the order does not change. The layer disposes of that one.
            var ordered = new Parameter(Of(convolution.weight.detach()).detach(), convolution.weight.requires_grad);
            ordered.DetachFromDisposeScope();
            convolution.weight = ordered;
        }
    }
}
