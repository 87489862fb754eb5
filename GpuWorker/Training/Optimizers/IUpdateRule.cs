using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Optimizers;

/// <summary>How a gradient changes a parameter. Holds settings only; what it remembers is in <see cref="ParameterState"/>.</summary>
/// <remarks>
/// Numbers that tensors are combined with are native objects (<c>Scalar</c>). Rules keep or dispose theirs: hundreds of them a step, left to
/// the finalizer, lie between the large blocks of temporary tensors and keep the heap from shrinking.
/// </remarks>
public interface IUpdateRule
{
    /// <summary>The names of the tensors that it keeps for each parameter, as PyTorch's optimizers name them.</summary>
    IReadOnlyList<string> StateNames { get; }

    /// <summary>Changes <paramref name="parameter"/> and <paramref name="state"/> in place; gradients are not recorded.</summary>
    /// <param name="gradient">May be overwritten.</param>
    void Update(Tensor parameter, Tensor gradient, ParameterState state, double learningRate);
}
