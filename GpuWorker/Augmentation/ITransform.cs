using Experiments.GpuWorker.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>One way of changing training images. Without state: what happens to an image is a pure function of its random numbers.</summary>
public interface ITransform
{
    /// <summary>
    /// Draws what happens to each image and changes the batch on its device. What happens to an image does not depend on the batch that it
    /// is in.
    /// </summary>
    /// <param name="images">float32 [N, 3, S, S] in [0, 1]; may be changed or returned.</param>
    /// <param name="randoms">The random numbers of each image; each goes on from where the transform before left it.</param>
    /// <returns>The same shape and range, in the caller's dispose scope.</returns>
    Tensor Apply(Tensor images, CounterRandom[] randoms);
}
