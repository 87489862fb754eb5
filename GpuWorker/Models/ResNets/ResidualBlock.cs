using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.ResNets;

/// <summary>A kind of block that ResNets are built of.</summary>
/// <param name="Expansion">Channels that leave a block, as a multiple of its width.</param>
/// <param name="Create">From input channels, width and stride.</param>
internal sealed record ResidualBlock(long Expansion, Func<long, long, long, nn.Module<Tensor, Tensor>> Create);
