using Experiments.GpuWorker.Training.Randomness;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>
/// torchvision's <c>RandomCrop(S, padding=4)</c>, <c>RandomHorizontalFlip(0.5)</c>, <c>ColorJitter(0.2, 0.2, 0.2, 0.1)</c> and
/// <c>RandomRotation(15)</c>, in this order.
/// </summary>
public sealed class StandardAugmentation : IAugmentation
{
    private const int Padding = 4;
    private const double MaximumDegrees = 15;

    public Tensor Apply(Tensor images, CounterRandom[] draws)
    {
        using DisposeScope scope = NewDisposeScope();
        var crops = new CropDraw[draws.Length];
        var colors = new ColorDraw[draws.Length];
        double[] degrees = new double[draws.Length];
        for (int i = 0; i < draws.Length; i++)
        {
            crops[i] = CropDraw.Draw(ref draws[i], Padding);
            colors[i] = ColorDraw.Draw(ref draws[i]);
            degrees[i] = draws[i].Between(-MaximumDegrees, MaximumDegrees);
        }

        Tensor varied = CropAndFlip.Apply(images, crops, Padding);
        ColorJitter.Apply(varied, colors);
        return Rotation.Apply(varied, degrees).MoveToOuterDisposeScope();
    }
}
