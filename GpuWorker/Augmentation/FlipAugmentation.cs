using Experiments.GpuWorker.Training.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>Mirrors every other image; torchvision's <c>RandomHorizontalFlip(0.5)</c>.</summary>
public sealed class FlipAugmentation : IAugmentation
{
    public Tensor Apply(Tensor images, CounterRandom[] draws)
    {
        var crops = new CropDraw[draws.Length];
        for (int i = 0; i < draws.Length; i++)
        {
            crops[i] = new CropDraw(0, 0, CropDraw.DrawFlip(ref draws[i]));
        }

        return CropAndFlip.Apply(images, crops, padding: 0);
    }
}
