using System.Runtime.CompilerServices;
using Experiments.GpuWorker.Augmentation.Operations;
using Experiments.GpuWorker.Augmentation.Pixels;
using Experiments.GpuWorker.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>RandAugment (Cubuk, Zoph, Shlens and Le, 2019) as in torchvision: random operations, all at the same step of magnitude.</summary>
/// <param name="operations">The number of operations in sequence; at most 14.</param>
/// <param name="magnitude">From 0 to 30.</param>
internal sealed class RandAugment(int operations, int magnitude) : Transform<RandAugment.Draws>
{
    private const int Most = 14;

    internal static MagnitudeSpace Space { get; } = new(
        Shear: 0.3, TranslateShare: 150.0 / 331, TranslatePixels: 0, Degrees: 30, Factor: 0.9, PosterizedBits: 4);

    public override Draws Draw(ref CounterRandom random, int side)
    {
        var draws = default(Draws);
        for (int i = 0; i < operations; i++)
        {
            draws[i] = Space.Draw(ref random, magnitude, side);
        }

        return draws;
    }

    public override void Apply(PixelImage image, Draws draw)
    {
        for (int i = 0; i < operations; i++)
        {
            MagnitudeOperations.Apply(image, draw[i]);
        }
    }

    public override Tensor Apply(Tensor images, Draws[] draws)
    {
        for (int i = 0; i < operations; i++)
        {
            images = MagnitudeOperations.Apply(images, Array.ConvertAll(draws, draw => draw[i]));
        }

        return images;
    }

    /// <summary>The operations on one image.</summary>
    [InlineArray(Most)]
    internal struct Draws
    {
        private OperationDraw _first;
    }
}
