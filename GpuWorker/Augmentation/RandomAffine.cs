using Experiments.GpuWorker.Augmentation.Pixels;
using Experiments.GpuWorker.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>torchvision's <c>RandomAffine</c>: nearest pixel, black outside the image.</summary>
/// <param name="degrees">The largest angle in either direction.</param>
/// <param name="translate">The largest translation in either direction, as a share of the side; in whole pixels.</param>
/// <param name="shear">The largest shear along the rows in degrees, in either direction.</param>
internal sealed class RandomAffine(double degrees, double translate, double minimumScale, double maximumScale, double shear) : Transform<AffineMatrix>
{
    public override AffineMatrix Draw(ref CounterRandom random, int side)
    {
        double angle = random.Between(-degrees, degrees);
        double right = Math.Round(random.Between(-translate, translate) * side);
        double down = Math.Round(random.Between(-translate, translate) * side);
        double scale = random.Between(minimumScale, maximumScale);
        return AffineMatrix.Affine(angle, right, down, scale, random.Between(-shear, shear));
    }

    public override void Apply(PixelImage image, AffineMatrix draw) => AffineSampling.Apply(image, draw);

    public override Tensor Apply(Tensor images, AffineMatrix[] draws) => AffineSampling.Apply(images, draws);
}
