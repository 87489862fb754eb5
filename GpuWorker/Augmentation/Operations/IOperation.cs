using Experiments.GpuWorker.Augmentation.Pixels;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Operations;

/// <summary>A change of an image by a given amount, in the two forms described at <see cref="Transform{TDraw}"/>. Not random.</summary>
internal interface IOperation
{
    /// <summary>Changes one image.</summary>
    void Apply(PixelImage image, float amount);

    /// <param name="images">float32 [N, 3, S, S] in [0, 1]; not changed.</param>
    /// <param name="amounts">One per image: [N, 1, 1, 1].</param>
    Tensor Apply(Tensor images, Tensor amounts);
}
