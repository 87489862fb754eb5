using Experiments.GpuWorker.Augmentation.Pixels;
using Experiments.GpuWorker.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>torchvision's <c>RandomVerticalFlip</c>.</summary>
internal sealed class VerticalFlip(double probability) : Transform<bool>
{
    public override bool Draw(ref CounterRandom random, int side) => random.NextUnit() < probability;

    public override void Apply(PixelImage image, bool draw)
    {
        if (!draw)
        {
            return;
        }

        int side = image.Side;
        ReadOnlySpan<float> source = image.Copy();
        for (int row = 0; row < 3 * side; row++)
        {
            int from = ((row / side) * side) + side - 1 - (row % side);
            source.Slice(from * side, side).CopyTo(image.Pixels.Slice(row * side, side));
        }
    }

    public override Tensor Apply(Tensor images, bool[] draws) =>
        Subset.Change(images, Subset.Where(draws, draw => draw), chosen => chosen.flip(2));
}
