using Experiments.GpuWorker.Augmentation.Operations;
using Experiments.GpuWorker.Augmentation.Pixels;
using Experiments.GpuWorker.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>TrivialAugment Wide (Müller and Hutter, 2021) as in torchvision: one random operation of random magnitude.</summary>
internal sealed class TrivialAugment : Transform<OperationDraw>
{
    internal static MagnitudeSpace Space { get; } = new(
        Shear: 0.99, TranslateShare: 0, TranslatePixels: 32, Degrees: 135, Factor: 0.99, PosterizedBits: 6);

    public override OperationDraw Draw(ref CounterRandom random, int side) => Space.Draw(ref random, step: null, side);

    public override void Apply(PixelImage image, OperationDraw draw) => MagnitudeOperations.Apply(image, draw);

    public override Tensor Apply(Tensor images, OperationDraw[] draws) => MagnitudeOperations.Apply(images, draws);
}
