using Experiments.GpuWorker.Training.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>Varies training images.</summary>
public interface IAugmentation
{
    /// <summary>
    /// Varies a batch on its device. What happens to an image is a pure function of its own random numbers, which it draws in a
    /// fixed order, and not of the batch that it is in.
    /// </summary>
    /// <param name="images">float32 [N, 3, S, S] in [0, 1]; may be changed or returned.</param>
    /// <param name="draws">The random numbers of each image.</param>
    /// <returns>The same shape and range, in the caller's dispose scope.</returns>
    Tensor Apply(Tensor images, CounterRandom[] draws);
}
