using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Layers;

/// <summary>
/// Layers without initial weights: those are set by <c>ImageModel.Initialize</c> or from a file. torch's own layers draw initial weights while
/// they are built, which takes seconds for a hundred million parameters that are then overwritten.
/// </summary>
internal static class UnsetLayers
{
    /// <summary><c>torch.nn.Linear</c> with bias.</summary>
    public static Linear Linear(long inputs, long outputs)
    {
        // On the meta device tensors have a shape but no content, so that nothing is drawn.
        Linear linear = nn.Linear(inputs, outputs, device: META);
        linear.weight = nn.Parameter(empty(outputs, inputs));
        linear.bias = nn.Parameter(empty(outputs));
        return linear;
    }

    /// <summary><c>torch.nn.Conv2d</c> with a square kernel.</summary>
    public static Conv2d Conv2d(long inputs, long outputs, long kernel, long stride = 1, long padding = 0, long groups = 1, bool bias = true)
    {
        Conv2d conv = nn.Conv2d(inputs, outputs, kernel, stride: stride, padding: padding, groups: groups, bias: bias, device: META);
        conv.weight = nn.Parameter(empty(outputs, inputs / groups, kernel, kernel));
        conv.bias = bias ? nn.Parameter(empty(outputs)) : null;
        return conv;
    }
}
