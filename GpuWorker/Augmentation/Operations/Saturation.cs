using Experiments.GpuWorker.Augmentation.Pixels;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Operations;

/// <summary>torchvision's <c>adjust_saturation</c>: blends with the gray image by a factor.</summary>
internal sealed class Saturation : IOperation
{
    public void Apply(PixelImage image, float amount)
    {
        ReadOnlySpan<float> grey = Grey.Of(image);
        for (int channel = 0; channel < 3; channel++)
        {
            Blending.Blend(image.Plane(channel), grey, amount);
        }
    }

    public Tensor Apply(Tensor images, Tensor amounts) => Blending.Blend(images, Grey.Of(images), amounts);
}
