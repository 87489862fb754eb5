using Experiments.GpuWorker.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>A random change of training images. Stateless: the change of an image is a pure function of its random numbers.</summary>
public interface ITransform
{
    /// <summary>
    /// Draws the change of each image and applies it to the batch on its device. The change of an image does not depend on the batch that it
    /// is in.
    /// </summary>
    /// <param name="images">float32 [N, 3, S, S] in [0, 1]; may be changed or returned.</param>
    /// <param name="randoms">The random numbers of each image; each continues where the previous transform stopped.</param>
    /// <returns>The same shape and range, in the caller's dispose scope.</returns>
    Tensor Apply(Tensor images, CounterRandom[] randoms);
}
