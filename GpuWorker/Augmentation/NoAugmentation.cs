using Experiments.GpuWorker.Training.Randomness;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>Leaves images as they are.</summary>
public sealed class NoAugmentation : IAugmentation
{
    public Tensor Apply(Tensor images, CounterRandom[] draws) => images;
}
