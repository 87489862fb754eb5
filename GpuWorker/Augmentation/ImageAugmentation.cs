using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>Varies training images: transforms, one after the other.</summary>
public sealed class ImageAugmentation
{
    private readonly ITransform[] _transforms;

    private ImageAugmentation(ITransform[] transforms) => _transforms = transforms;

    /// <param name="augmentation">As <see cref="Hyperparameters.Augmentation"/> holds it.</param>
    /// <exception cref="TrainingException">It is none, or this worker does not know one of its transforms (kind Invalid).</exception>
    public static ImageAugmentation Of(string augmentation)
    {
        try
        {
            return new ImageAugmentation(
                [.. AugmentationText.TransformsOf(augmentation).Select(setting => TransformRegistry.All[setting.Name](setting))]);
        }
        catch (FormatException exception)
        {
            throw new TrainingException(FailureKind.Invalid, exception.Message, exception);
        }
    }

    /// <summary>
    /// Varies a batch on its device. What happens to an image is a pure function of its own random numbers, which it draws in a
    /// fixed order, and not of the batch that it is in.
    /// </summary>
    /// <param name="images">float32 [N, 3, S, S] in [0, 1]; may be changed or returned.</param>
    /// <param name="randoms">The random numbers of each image; used up.</param>
    /// <returns>The same shape and range, in the caller's dispose scope.</returns>
    public Tensor Apply(Tensor images, CounterRandom[] randoms)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor varied = images;
        foreach (ITransform transform in _transforms)
        {
            varied = transform.Apply(varied, randoms);
        }

        return ReferenceEquals(varied, images) ? images : varied.MoveToOuterDisposeScope();
    }
}
