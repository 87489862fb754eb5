using Experiments.GpuWorker.Augmentation.Operations;
using Experiments.GpuWorker.Augmentation.Pixels;
using Experiments.GpuWorker.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>torchvision's <c>ColorJitter</c>: every image has its own amounts and order. Changes with strength 0 are skipped.</summary>
internal sealed class ColorJitter(double brightness, double contrast, double saturation, double hue) : Transform<ColorDraw>
{
    private static readonly IOperation[] Operations = [new Brightness(), new Contrast(), new Saturation(), new Hue()];

    private readonly bool[] _isUsed = [brightness > 0, contrast > 0, saturation > 0, hue > 0];

    public override ColorDraw Draw(ref CounterRandom random, int side)
    {
        double brightnessFactor = DrawFactor(ref random, brightness);
        double contrastFactor = DrawFactor(ref random, contrast);
        double saturationFactor = DrawFactor(ref random, saturation);
        double turn = random.Between(-hue, hue);
        Span<int> order = stackalloc int[ColorDraw.Changes];
        random.Permute(order);
        return new ColorDraw(brightnessFactor, contrastFactor, saturationFactor, turn, ColorDraw.Pack(order));
    }

    public override void Apply(PixelImage image, ColorDraw draw)
    {
        for (int step = 0; step < ColorDraw.Changes; step++)
        {
            int change = draw.ChangeAt(step);
            if (_isUsed[change])
            {
                Operations[change].Apply(image, (float)draw.Amount(change));
            }
        }
    }

    public override Tensor Apply(Tensor images, ColorDraw[] draws)
    {
        for (int step = 0; step < ColorDraw.Changes; step++)
        {
            for (int change = 0; change < ColorDraw.Changes; change++)
            {
                if (_isUsed[change])
                {
                    ApplyWhere(images, draws, step, change);
                }
            }
        }

        return images;
    }

    private static double DrawFactor(ref CounterRandom random, double strength) => random.Between(Math.Max(0, 1 - strength), 1 + strength);

    /// <summary>Applies a change to those images for which it is the step-th.</summary>
    private static void ApplyWhere(Tensor images, ColorDraw[] draws, int step, int change)
    {
        int[] members = Subset.Where(draws, draw => draw.ChangeAt(step) == change);
        Subset.Change(images, members, chosen => Operations[change].Apply(
            chosen, Subset.Amounts(members.Select(member => (float)draws[member].Amount(change)), images.device)));
    }
}
