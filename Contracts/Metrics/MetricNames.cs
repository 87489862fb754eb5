namespace Experiments.Contracts.Metrics;

/// <summary>The names under which metrics are stored and shown. Those that start with <c>batch/</c> have a point per iteration, the others one per epoch.</summary>
public static class MetricNames
{
    /// <summary>The mean training loss over the epoch, from 0: with label smoothing, class weights and distillation.</summary>
    public const string TrainLoss = "train/loss";

    /// <summary>The share of training images that are classified correctly, 0 to 1, measured while the weights change.</summary>
    public const string TrainAccuracy = "train/accuracy";

    /// <summary>The mean cross-entropy on the validation images, from 0.</summary>
    public const string ValidationLoss = "validation/loss";

    /// <summary>The share of validation images that are classified correctly, 0 to 1.</summary>
    public const string ValidationAccuracy = "validation/accuracy";

    /// <summary>The mean cross-entropy on the test images, from 0; only where the data set has a test split.</summary>
    public const string TestLoss = "test/loss";

    /// <summary>The share of test images that are classified correctly, 0 to 1; only where the data set has a test split.</summary>
    public const string TestAccuracy = "test/accuracy";

    /// <summary>The learning rate of the head at the end of the epoch.</summary>
    public const string LearningRate = "learningRate";

    /// <summary>The training loss of each batch.</summary>
    public const string BatchLoss = "batch/loss";

    /// <summary>Training images per second, over the epoch.</summary>
    public const string ImagesPerSecond = "system/imagesPerSecond";

    /// <summary>Seconds that the epoch's training steps and its validation took.</summary>
    public const string EpochSeconds = "system/epochSeconds";

    /// <summary>The mean utilization of the device over the epoch, 0 to 1.</summary>
    public const string DeviceUtilization = "system/deviceUtilization";

    /// <summary>The peak memory in bytes during the epoch: of the worker's process on a CPU, of all processes on a GPU.</summary>
    public const string DeviceMemoryBytes = "system/deviceMemoryBytes";

    /// <summary>The share of zeros among the pruned layers' weights, 0 to 1.</summary>
    public const string Sparsity = "compression/sparsity";

    /// <summary>Validation accuracy of the last epoch before pruning, 0 to 1.</summary>
    public const string UnprunedAccuracy = "compression/unpruned/accuracy";

    /// <summary>Validation accuracy right after pruning, 0 to 1.</summary>
    public const string PrunedAccuracy = "compression/pruned/accuracy";

    /// <summary>Validation accuracy of the best epoch of fine-tuning after pruning, 0 to 1.</summary>
    public const string FineTunedAccuracy = "compression/finetuned/accuracy";

    /// <summary>Validation accuracy with the quantized weights, 0 to 1.</summary>
    public const string QuantizedAccuracy = "compression/quantized/accuracy";

    /// <summary>Bytes of all tensors.</summary>
    public const string DenseBytes = "compression/denseBytes";

    /// <summary>Bytes of all tensors when pruned layers store a bit per weight and the values that are not zero.</summary>
    public const string SparseBytes = "compression/sparseBytes";

    /// <summary>Bytes of all tensors of the quantized weights.</summary>
    public const string QuantizedBytes = "compression/quantizedBytes";

    /// <summary>The metrics that can be a sweep's objective: each has a value after every epoch.</summary>
    public static IReadOnlyList<string> Objectives { get; } =
        [ValidationAccuracy, ValidationLoss, TrainAccuracy, TrainLoss];

    /// <summary>Larger is better for accuracies, rates, utilization and sparsity, smaller for everything else.</summary>
    public static Goal GoalOf(string name) =>
        name.EndsWith("accuracy", StringComparison.Ordinal) || name.EndsWith("PerSecond", StringComparison.Ordinal) || name is Sparsity or DeviceUtilization
            ? Goal.Maximize
            : Goal.Minimize;

    /// <summary>True for metrics that count bytes, which pages show as MB or GB.</summary>
    public static bool IsBytes(string name) => name.EndsWith("Bytes", StringComparison.Ordinal);

    /// <summary>True for metrics with a point per iteration instead of one per epoch.</summary>
    public static bool IsPerIteration(string name) => name.StartsWith("batch/", StringComparison.Ordinal);
}
