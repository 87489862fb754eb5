namespace Experiments.GpuWorker.Training.Optimizers.Fused;

/// <summary>Where the tensors of one parameter lie, element by element in one order. All are float32 in main memory.</summary>
internal readonly unsafe struct FusedMemory
{
    public required float* Parameter { get; init; }

    public required float* Gradient { get; init; }

    /// <summary>The first tensor of the rule's state; null where it has none.</summary>
    public float* First { get; init; }

    /// <summary>The second one; null where it has none.</summary>
    public float* Second { get; init; }

    /// <summary>The moving average of the parameter; null where none is kept here.</summary>
    public float* Average { get; init; }

    /// <summary>Elements.</summary>
    public required long Length { get; init; }

    /// <summary>What gradients are multiplied by, 1 unless they are clipped.</summary>
    public required float GradientFactor { get; init; }

    /// <summary>The share that the updated parameter has in its average, above 0 and at most 1.</summary>
    public float AverageShare { get; init; }

    /// <summary>Whether elements that are zero stay so, as pruned weights do.</summary>
    public bool KeepsZeros { get; init; }
}
