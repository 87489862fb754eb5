using Experiments.GpuWorker.Models.Base;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Vggs;

/// <summary>A network based on VGG's convolutions, with torchvision's initial weights.</summary>
public abstract class VggModel : ImageModel
{
    private const double LinearDeviation = 0.01;

    private protected VggModel(string name)
        : base(name)
    {
    }

    public override void Initialize(Generator generator)
    {
        // Batch norms keep their initial values: weight 1, bias 0.
        foreach (Conv2d conv in modules().OfType<Conv2d>())
        {
            WeightInitialization.KaimingNormalFanOut(conv.weight, generator);
            WeightInitialization.Zero(conv.bias);
        }

        foreach (Linear linear in modules().OfType<Linear>())
        {
            WeightInitialization.Normal(linear.weight, LinearDeviation, generator);
            WeightInitialization.Zero(linear.bias);
        }
    }
}
