using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.ResNets;

/// <summary>A kind of ResNet block.</summary>
/// <param name="Expansion">Output channels of a block, as a multiple of its width.</param>
/// <param name="Create">Creates a block from input channels, width and stride.</param>
internal sealed record ResidualBlock(long Expansion, Func<long, long, long, nn.Module<Tensor, Tensor>> Create);
