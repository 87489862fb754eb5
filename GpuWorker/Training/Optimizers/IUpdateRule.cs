using Experiments.GpuWorker.Training.Optimizers.Fused;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Optimizers;

/// <summary>How a gradient changes a parameter. Holds settings only; state is in <see cref="ParameterState"/>.</summary>
/// <remarks>
/// Each rule is implemented twice: as operations of libtorch, for tensors on any device, and as arithmetic on the elements of tensors in main memory. A test
/// compares both with PyTorch.
/// Numbers that tensors are combined with are native objects (<c>Scalar</c>). Rules keep or dispose theirs: hundreds of them per step, left to
/// the finalizer, are allocated between the large blocks of temporary tensors and keep the heap from shrinking.
/// </remarks>
internal interface IUpdateRule
{
    /// <summary>The names of the state tensors of each parameter, at most two, as in PyTorch's optimizers.</summary>
    IReadOnlyList<string> StateNames { get; }

    /// <summary>Changes <paramref name="parameter"/> and <paramref name="state"/> in place, without recording gradients.</summary>
    /// <param name="gradient">May be overwritten.</param>
    void Update(Tensor parameter, Tensor gradient, ParameterState state, double learningRate);

    /// <summary>The same for tensors in main memory.</summary>
    /// <param name="step">Updates of this parameter so far, this one included.</param>
    FusedWork Fuse(in FusedMemory memory, long step, double learningRate);
}
