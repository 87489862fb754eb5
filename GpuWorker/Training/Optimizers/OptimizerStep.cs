using static TorchSharp.torch;

namespace Experiments.GpuWorker.Training.Optimizers;

/// <summary>What one step of an <see cref="Optimizer"/> does besides applying its rule. Parameters are identified by name.</summary>
internal sealed record OptimizerStep
{
    /// <summary>The learning rate of each parameter.</summary>
    public required Func<string, double> LearningRateOf { get; init; }

    /// <summary>The factor of all gradients; 1 leaves them unchanged.</summary>
    public float GradientFactor { get; init; } = 1;

    /// <summary>Whether zero elements of a parameter stay zero.</summary>
    public Func<string, bool> KeepsZeros { get; init; } = _ => false;

    /// <summary>The moving average of a parameter, of its shape, or null.</summary>
    public Func<string, Tensor?> AverageOf { get; init; } = _ => null;

    /// <summary>The share of the updated parameter in its average, above 0 and at most 1.</summary>
    public float AverageShare { get; init; }
}
