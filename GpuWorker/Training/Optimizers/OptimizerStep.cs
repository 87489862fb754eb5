using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Optimizers;

/// <summary>What one step of an <see cref="Optimizer"/> does besides applying its rule. Parameters are told apart by their names.</summary>
internal sealed record OptimizerStep
{
    /// <summary>The learning rate of each parameter.</summary>
    public required Func<string, double> LearningRateOf { get; init; }

    /// <summary>What all gradients are multiplied by first; 1 leaves them as they are.</summary>
    public float GradientFactor { get; init; } = 1;

    /// <summary>Whether elements of a parameter that are zero stay so.</summary>
    public Func<string, bool> KeepsZeros { get; init; } = _ => false;

    /// <summary>The moving average of a parameter, of its shape, or null.</summary>
    public Func<string, Tensor?> AverageOf { get; init; } = _ => null;

    /// <summary>The share that the updated parameter has in its average, above 0 and at most 1.</summary>
    public float AverageShare { get; init; }
}
