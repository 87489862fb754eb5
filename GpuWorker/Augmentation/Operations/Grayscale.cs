using Experiments.GpuWorker.Augmentation.Pixels;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Operations;

/// <summary>torchvision's <c>rgb_to_grayscale</c>, repeated to three channels. Takes no amount.</summary>
internal sealed class Grayscale : IOperation
{
    public void Apply(PixelImage image, float amount)
    {
        ReadOnlySpan<float> grey = Grey.Of(image);
        for (int channel = 0; channel < 3; channel++)
        {
            grey.CopyTo(image.Plane(channel));
        }
    }

    public Tensor Apply(Tensor images, Tensor amounts) => Grey.Of(images).expand(-1, 3, -1, -1);
}
