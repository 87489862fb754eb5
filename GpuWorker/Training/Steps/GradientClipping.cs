using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Steps;

/// <summary>Bounds the norm of all gradients together; <c>torch.nn.utils.clip_grad_norm_</c>, whose factor the optimizer applies.</summary>
internal static class GradientClipping
{
    private const float Epsilon = 1e-6f;

    /// <param name="longest">The largest norm allowed, above 0.</param>
    /// <returns>The factor of the gradients; 1 if their norm is within the limit.</returns>
    public static float FactorOf(IEnumerable<Parameter> parameters, double longest)
    {
        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor[] norms = [.. parameters.Select(parameter => parameter.grad).OfType<Tensor>().Select(gradient => gradient.norm())];
        return norms.Length == 0 ? 1 : MathF.Min(1, (float)longest / (stack(norms).norm().item<float>() + Epsilon));
    }
}
