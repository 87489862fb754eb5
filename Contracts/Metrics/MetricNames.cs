namespace Experiments.Contracts.Metrics;

/// <summary>The names under which metrics are stored and shown. Those that start with <c>batch/</c> have a point per iteration, the others one per epoch.</summary>
public static class MetricNames
{
    public const string TrainLoss = "train/loss";
    public const string TrainAccuracy = "train/accuracy";
    public const string ValidationLoss = "validation/loss";
    public const string ValidationAccuracy = "validation/accuracy";
    public const string TestLoss = "test/loss";
    public const string TestAccuracy = "test/accuracy";
    public const string LearningRate = "learningRate";
    public const string BatchLoss = "batch/loss";
    public const string ImagesPerSecond = "system/imagesPerSecond";
    public const string EpochSeconds = "system/epochSeconds";

    /// <summary>Of the device, 0 to 1, over the epoch.</summary>
    public const string DeviceUtilization = "system/deviceUtilization";

    /// <summary>The most that was seen in the epoch: of the worker's process on a CPU, of all processes on a GPU.</summary>
    public const string DeviceMemoryBytes = "system/deviceMemoryBytes";

    public const string Sparsity = "compression/sparsity";
    public const string UnprunedAccuracy = "compression/unpruned/accuracy";
    public const string PrunedAccuracy = "compression/pruned/accuracy";
    public const string FineTunedAccuracy = "compression/finetuned/accuracy";
    public const string QuantizedAccuracy = "compression/quantized/accuracy";
    public const string DenseBytes = "compression/denseBytes";
    public const string SparseBytes = "compression/sparseBytes";
    public const string QuantizedBytes = "compression/quantizedBytes";

    /// <summary>The metrics that a sweep can take as its objective: each has a value after every epoch.</summary>
    public static IReadOnlyList<string> Objectives { get; } =
        [ValidationAccuracy, ValidationLoss, TrainAccuracy, TrainLoss];

    /// <summary>Larger is better for accuracies, rates, utilization and sparsity, smaller for everything else.</summary>
    public static Goal GoalOf(string name) =>
        name.EndsWith("accuracy", StringComparison.Ordinal) || name.EndsWith("PerSecond", StringComparison.Ordinal) || name is Sparsity or DeviceUtilization
            ? Goal.Maximize
            : Goal.Minimize;

    public static bool IsBytes(string name) => name.EndsWith("Bytes", StringComparison.Ordinal);

    public static bool IsPerIteration(string name) => name.StartsWith("batch/", StringComparison.Ordinal);
}
