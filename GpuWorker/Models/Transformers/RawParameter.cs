using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Transformers;

/// <summary>
/// Tensors that a module holds directly, not in a layer. Their fields need a ComponentName, by which TorchSharp replaces them when the
/// module moves to another device.
/// </summary>
internal static class RawParameter
{
    /// <summary>A parameter of zeros, owned by the module that registers it, not by the current scope.</summary>
    public static Parameter Zeros(params long[] shape) => (Parameter)nn.Parameter(zeros(shape)).DetachFromDisposeScope();

    /// <summary>Like <see cref="Zeros"/>, filled with <paramref name="value"/>.</summary>
    public static Parameter Filled(double value, params long[] shape) => (Parameter)nn.Parameter(full(shape, value)).DetachFromDisposeScope();
}
