using Experiments.GpuWorker.Augmentation.Pixels;
using Experiments.GpuWorker.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>torchvision's <c>RandomRotation</c>: about the center, nearest pixel, black outside the image.</summary>
/// <param name="degrees">The largest angle in either direction.</param>
internal sealed class Rotation(double degrees) : Transform<double>
{
    /// <summary>Degrees counter-clockwise.</summary>
    public override double Draw(ref CounterRandom random, int side) => random.Between(-degrees, degrees);

    public override void Apply(PixelImage image, double draw) => AffineSampling.Apply(image, AffineMatrix.Rotation(draw));

    public override Tensor Apply(Tensor images, double[] draws) =>
        AffineSampling.Apply(images, Array.ConvertAll(draws, AffineMatrix.Rotation));
}
