using System.Numerics;

namespace Experiments.GpuWorker.Training.Optimizers.Fused;

/// <summary>The arithmetic of one update for one vector of elements. Each element's result depends on that element alone.</summary>
/// <remarks>
/// Operations are rounded one by one, in the order of PyTorch's formulas, and never contracted: the result is the same for vectors of any length, and
/// wherever a tensor is divided among threads.
/// </remarks>
internal interface IElementUpdate
{
    /// <param name="first">The first tensor of the rule's state, changed in place; zeros where the rule has none.</param>
    /// <param name="second">The second one, likewise.</param>
    /// <returns>The parameter after the update.</returns>
    Vector<float> Next(Vector<float> parameter, Vector<float> gradient, ref Vector<float> first, ref Vector<float> second);
}
