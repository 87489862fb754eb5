namespace Experiments.GpuWorker.Training.Optimizers.Fused;

/// <summary>Addresses of the tensors of one parameter, all in the same element order, float32, in main memory.</summary>
internal readonly unsafe struct FusedMemory
{
    public required float* Parameter { get; init; }

    public required float* Gradient { get; init; }

    /// <summary>The first tensor of the rule's state; null if it has none.</summary>
    public float* First { get; init; }

    /// <summary>The second tensor; null if it has none.</summary>
    public float* Second { get; init; }

    /// <summary>The moving average of the parameter; null if there is none.</summary>
    public float* Average { get; init; }

    /// <summary>The number of elements.</summary>
    public required long Length { get; init; }

    /// <summary>The factor of the gradients; 1 unless they are clipped.</summary>
    public required float GradientFactor { get; init; }

    /// <summary>The share of the updated parameter in its average, above 0 and at most 1.</summary>
    public float AverageShare { get; init; }

    /// <summary>Whether zero elements stay zero, as pruned weights do.</summary>
    public bool KeepsZeros { get; init; }
}
