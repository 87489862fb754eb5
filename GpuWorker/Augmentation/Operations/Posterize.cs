using Experiments.GpuWorker.Augmentation.Pixels;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Operations;

/// <summary>torchvision's <c>posterize</c>: keeps the given number of the highest bits of each level.</summary>
internal sealed class Posterize : IOperation
{
    public void Apply(PixelImage image, float amount)
    {
        int step = 1 << (8 - (int)amount);
        Span<float> pixels = image.Pixels;
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = (Levels.Of(pixels[i]) & -step) / Levels.Brightest;
        }
    }

    public Tensor Apply(Tensor images, Tensor amounts)
    {
        Tensor step = pow(2, 8 - amounts).to_type(ScalarType.Int64);
        Tensor levels = Levels.Of(images);
        return Levels.ToUnit(levels - levels.remainder(step));
    }
}
