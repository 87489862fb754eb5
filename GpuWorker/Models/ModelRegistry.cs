using Experiments.GpuWorker.Training;

namespace Experiments.GpuWorker.Models;

/// <summary>Builds an architecture.</summary>
/// <param name="classes">At least 2.</param>
/// <param name="dropout">The probability of the dropout in front of the head, in [0, 1).</param>
public delegate ImageModel ModelFactory(int classes, double dropout);

/// <summary>Every architecture that can be trained. To add one: a file with its class, a line here, and a line in the contracts' ModelCatalog.</summary>
public static class ModelRegistry
{
    public static Registry<ModelFactory> All { get; } = new("model", new Dictionary<string, ModelFactory>
    {
        ["small_cnn"] = (classes, dropout) => new SmallCnn(classes, dropout),
        ["lenet5"] = (classes, dropout) => new LeNet5(classes, dropout),
        ["resnet18"] = (classes, dropout) => new ResNet18(classes, dropout),
    });
}
