using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Optimizers;

/// <summary>The state that an optimizer keeps for one parameter.</summary>
/// <param name="tensors">One for each of the rule's state names, of the parameter's shape; owned by this object.</param>
internal sealed class ParameterState(Tensor[] tensors) : IDisposable
{
    /// <summary>Updates so far, the current one included.</summary>
    public long Step { get; internal set; }

    /// <summary>The tensor of the rule's state name at <paramref name="index"/>.</summary>
    public Tensor this[int index] => tensors[index];

    public void Dispose()
    {
        foreach (Tensor tensor in tensors)
        {
            tensor.Dispose();
        }
    }
}
