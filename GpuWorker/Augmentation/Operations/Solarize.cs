using Experiments.GpuWorker.Augmentation.Pixels;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Operations;

/// <summary>torchvision's <c>solarize</c>: inverts values at or above a threshold.</summary>
internal sealed class Solarize : IOperation
{
    public void Apply(PixelImage image, float amount)
    {
        Span<float> pixels = image.Pixels;
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = pixels[i] >= amount ? 1 - pixels[i] : pixels[i];
        }
    }

    public Tensor Apply(Tensor images, Tensor amounts) => where(images >= amounts, 1 - images, images);
}
