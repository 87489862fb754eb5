using Experiments.GpuWorker.Augmentation.Operations;
using Experiments.GpuWorker.Augmentation.Pixels;
using Experiments.GpuWorker.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>Applies one operation to a random share of the images; torchvision's <c>RandomPosterize</c> and the like.</summary>
/// <param name="amount">The amount passed to the operation.</param>
internal sealed class RandomOperation(IOperation operation, double probability, double amount = 0) : Transform<bool>
{
    public override bool Draw(ref CounterRandom random, int side) => random.NextUnit() < probability;

    public override void Apply(PixelImage image, bool draw)
    {
        if (draw)
        {
            operation.Apply(image, (float)amount);
        }
    }

    public override Tensor Apply(Tensor images, bool[] draws) => Subset.Change(images, Subset.Where(draws, draw => draw), chosen =>
        operation.Apply(chosen, Subset.Amounts(Enumerable.Repeat((float)amount, (int)chosen.shape[0]), images.device)));
}
