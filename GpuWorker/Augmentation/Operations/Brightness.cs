using Experiments.GpuWorker.Augmentation.Pixels;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation.Operations;

/// <summary>torchvision's <c>adjust_brightness</c>: multiplies by a factor.</summary>
internal sealed class Brightness : IOperation
{
    public void Apply(PixelImage image, float amount) => Blending.Blend(image.Pixels, 0, amount);

    public Tensor Apply(Tensor images, Tensor amounts) => (images * amounts).clamp_(0, 1);
}
