using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Optimizers;

/// <summary>
/// Keeps zeros zero through an update of a parameter. The weights themselves then say what is pruned, and a checkpoint needs no
/// mask.
/// </summary>
internal sealed class KeptZeros : IDisposable
{
    private static readonly TorchSharp.Scalar Zero = 0;

    private readonly Tensor _weight;
    private readonly Tensor _zeros;

    public KeptZeros(Tensor weight)
    {
        _weight = weight;
        _zeros = weight.eq(Zero).DetachFromDisposeScope();
    }

    public void Dispose()
    {
        using IDisposable unrecorded = no_grad();
        _weight.masked_fill_(_zeros, Zero);
        _zeros.Dispose();
    }
}
