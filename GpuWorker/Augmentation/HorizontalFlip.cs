using Experiments.GpuWorker.Augmentation.Pixels;
using Experiments.GpuWorker.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>torchvision's <c>RandomHorizontalFlip</c>.</summary>
internal sealed class HorizontalFlip(double probability) : Transform<bool>
{
    public override bool Draw(ref CounterRandom random, int side) => random.NextUnit() < probability;

    public override void Apply(PixelImage image, bool draw)
    {
        for (int start = 0; draw && start < image.Pixels.Length; start += image.Side)
        {
            image.Pixels.Slice(start, image.Side).Reverse();
        }
    }

    public override Tensor Apply(Tensor images, bool[] draws) =>
        Subset.Change(images, Subset.Where(draws, draw => draw), chosen => chosen.flip(3));
}
