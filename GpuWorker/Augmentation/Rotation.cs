using Experiments.GpuWorker.Augmentation.Pixels;
using Experiments.GpuWorker.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>torchvision's <c>RandomRotation</c>: about the centre, nearest pixel, black where nothing was.</summary>
/// <param name="degrees">The largest angle, either way.</param>
internal sealed class Rotation(double degrees) : Transform<double>
{
    /// <summary>Degrees counter-clockwise.</summary>
    public override double Draw(ref CounterRandom random, int side) => random.Between(-degrees, degrees);

    public override void Apply(PixelImage image, double draw) => AffineSampling.Apply(image, AffineMatrix.Rotation(draw));

    public override Tensor Apply(Tensor images, double[] draws) =>
        AffineSampling.Apply(images, Array.ConvertAll(draws, AffineMatrix.Rotation));
}
