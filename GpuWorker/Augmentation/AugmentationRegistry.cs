using Experiments.GpuWorker.Training;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>Every augmentation. To add one: a file with its class, a line here, and a line in the contracts' AugmentationCatalog.</summary>
public static class AugmentationRegistry
{
    public static Registry<IAugmentation> All { get; } = new("augmentation", new Dictionary<string, IAugmentation>
    {
        ["none"] = new NoAugmentation(),
        ["flip"] = new FlipAugmentation(),
        ["standard"] = new StandardAugmentation(),
    });
}
