using Experiments.Contracts.Configuration;
using Experiments.Contracts.Runs;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>Augments training images with a sequence of transforms.</summary>
public sealed class ImageAugmentation
{
    private readonly ITransform[] _transforms;

    private ImageAugmentation(ITransform[] transforms) => _transforms = transforms;

    /// <param name="augmentation">The augmentation, in the format of <see cref="Hyperparameters.Augmentation"/>.</param>
    /// <exception cref="TrainingException">It is not an augmentation, or contains a transform that this worker does not support (kind Invalid).</exception>
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
    /// Augments a batch on its device. The result for an image is a pure function of its random numbers, drawn in a
    /// fixed order, and does not depend on the batch.
    /// </summary>
    /// <param name="images">float32 [N, 3, S, S] in [0, 1]; may be changed or returned.</param>
    /// <param name="randoms">The random numbers of each image; consumed.</param>
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
