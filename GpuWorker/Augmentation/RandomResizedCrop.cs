using Experiments.GpuWorker.Augmentation.Pixels;
using Experiments.GpuWorker.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>torchvision's <c>RandomResizedCrop(S)</c>, bilinear.</summary>
/// <param name="minimumScale">A share of the image's area.</param>
/// <param name="maximumScale">A share of the image's area.</param>
/// <param name="minimumRatio">The ratio of width to height.</param>
/// <param name="maximumRatio">The ratio of width to height.</param>
internal sealed class RandomResizedCrop(double minimumScale, double maximumScale, double minimumRatio, double maximumRatio) : Transform<Rectangle>
{
    private const int Tries = 10;

    public override Rectangle Draw(ref CounterRandom random, int side)
    {
        for (int i = 0; i < Tries; i++)
        {
            double area = random.Between(minimumScale, maximumScale) * side * side;
            double ratio = Math.Exp(random.Between(Math.Log(minimumRatio), Math.Log(maximumRatio)));
            int width = (int)Math.Round(Math.Sqrt(area * ratio));
            int height = (int)Math.Round(Math.Sqrt(area / ratio));
            if (width > 0 && width <= side && height > 0 && height <= side)
            {
                int top = random.Below(side - height + 1);
                return new Rectangle(top, random.Below(side - width + 1), height, width);
            }
        }

        return Central(side);
    }

    public override void Apply(PixelImage image, Rectangle draw) => BilinearCrop.Apply(image, draw);

    public override Tensor Apply(Tensor images, Rectangle[] draws) => BilinearCrop.Apply(images, draws);

    /// <summary>The largest centered part with an allowed ratio.</summary>
    private Rectangle Central(int side)
    {
        int width = maximumRatio < 1 ? Math.Max(1, (int)Math.Round(side * maximumRatio)) : side;
        int height = minimumRatio > 1 ? Math.Max(1, (int)Math.Round(side / minimumRatio)) : side;
        return new Rectangle((side - height) / 2, (side - width) / 2, height, width);
    }
}
