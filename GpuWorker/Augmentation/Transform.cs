using Experiments.GpuWorker.Augmentation.Pixels;
using Experiments.GpuWorker.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>
/// A transform in its two forms: tensor operations for a whole batch, which run on any device, and a loop over the pixels of one image, which
/// is several times as fast on a CPU. Both give the same result except for rounding; which one is used depends only on
/// the device and the memory layout of the batch.
/// </summary>
/// <typeparam name="TDraw">The draw for one image.</typeparam>
internal abstract class Transform<TDraw> : ITransform
    where TDraw : struct
{
    /// <param name="side">Pixels a side.</param>
    public abstract TDraw Draw(ref CounterRandom random, int side);

    /// <summary>Changes one image.</summary>
    public abstract void Apply(PixelImage image, TDraw draw);

    /// <summary>Changes a batch by tensor operations; see <see cref="ITransform.Apply"/>. May leave temporary tensors in the scope.</summary>
    public abstract Tensor Apply(Tensor images, TDraw[] draws);

    public Tensor Apply(Tensor images, CounterRandom[] randoms)
    {
        int side = (int)images.shape[3];
        if (PixelLoop.Takes(images))
        {
            PixelLoop.ForEach(images, (index, image) => Apply(image, Draw(ref randoms[index], side)));
            return images;
        }

        var draws = new TDraw[randoms.Length];
        for (int i = 0; i < draws.Length; i++)
        {
            draws[i] = Draw(ref randoms[i], side);
        }

        using DisposeScope scope = NewDisposeScope();
        Tensor changed = Apply(images, draws);
        return ReferenceEquals(changed, images) ? images : changed.MoveToOuterDisposeScope();
    }
}
