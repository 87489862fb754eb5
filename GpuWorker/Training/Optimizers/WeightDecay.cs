using System.Numerics;

namespace Experiments.GpuWorker.Training.Optimizers;

/// <summary>Weight decay as an L2 penalty: a part of the gradient.</summary>
internal static class WeightDecay
{
    /// <param name="decay">0 leaves the gradient unchanged, even if a weight is not finite.</param>
    public static Vector<float> AddTo(Vector<float> gradient, Vector<float> parameter, float decay) =>
        decay == 0 ? gradient : gradient + (parameter * decay);
}
