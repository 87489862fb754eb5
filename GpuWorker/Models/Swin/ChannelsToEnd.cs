using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Swin;

/// <summary>[N, C, S, S] to [N, S, S, C].</summary>
internal sealed class ChannelsToEnd() : nn.Module<Tensor, Tensor>(nameof(ChannelsToEnd))
{
    public override Tensor forward(Tensor input) => input.permute(0, 2, 3, 1);
}
