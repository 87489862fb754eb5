using Experiments.GpuWorker.Augmentation.Pixels;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Operations;

/// <summary>torchvision's <c>autocontrast</c>: stretches each channel from black to full. A channel of one level stays unchanged. Takes no amount.</summary>
internal sealed class Autocontrast : IOperation
{
    public void Apply(PixelImage image, float amount)
    {
        for (int channel = 0; channel < 3; channel++)
        {
            Span<float> plane = image.Plane(channel);
            (float darkest, float brightest) = (float.MaxValue, float.MinValue);
            foreach (float value in plane)
            {
                darkest = Math.Min(darkest, value);
                brightest = Math.Max(brightest, value);
            }

            float scale = 1 / (brightest - darkest);
            for (int i = 0; float.IsFinite(scale) && i < plane.Length; i++)
            {
                plane[i] = Math.Clamp((plane[i] - darkest) * scale, 0, 1);
            }
        }
    }

    public Tensor Apply(Tensor images, Tensor amounts)
    {
        Tensor darkest = images.amin([2, 3], keepdim: true);
        Tensor scale = (images.amax([2, 3], keepdim: true) - darkest).reciprocal();
        return where(scale.isfinite(), ((images - darkest) * scale).clamp_(0, 1), images);
    }
}
