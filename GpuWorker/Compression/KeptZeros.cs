using static TorchSharp.torch;

namespace Experiments.GpuWorker.Compression;

/// <summary>
/// Around an update of weights: what is zero before is zero after. So the weights themselves say what is pruned, and a checkpoint needs no
/// mask.
/// </summary>
internal sealed class KeptZeros : IDisposable
{
    private static readonly TorchSharp.Scalar Zero = 0;

    private readonly (Tensor Weight, Tensor Zeros)[] _weights;

    public KeptZeros(IEnumerable<Tensor> weights) =>
        _weights = [.. weights.Select(weight => (weight, weight.eq(Zero).DetachFromDisposeScope()))];

    public void Dispose()
    {
        using IDisposable unrecorded = no_grad();
        foreach ((Tensor weight, Tensor zeros) in _weights)
        {
            weight.masked_fill_(zeros, Zero);
            zeros.Dispose();
        }
    }
}
