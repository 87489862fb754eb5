using Experiments.GpuWorker.Augmentation.Pixels;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Operations;

/// <summary>torchvision's <c>adjust_contrast</c>: blends each image with its mean gray level.</summary>
internal sealed class Contrast : IOperation
{
    public void Apply(PixelImage image, float amount) => Blending.Blend(image.Pixels, Grey.MeanOf(image), amount);

    public Tensor Apply(Tensor images, Tensor amounts) =>
        Blending.Blend(images, Grey.Of(images).mean([1, 2, 3], keepdim: true), amounts);
}
