using Experiments.Contracts.Metrics;

namespace Experiments.GpuWorker.Compression;

/// <summary>The figures of a <see cref="CompressionReport"/> as metrics, for comparing runs.</summary>
internal static class CompressionMetrics
{
    public static Dictionary<string, double> Of(CompressionReport report)
    {
        var metrics = new Dictionary<string, double>();
        if (report.Pruning is { } pruning)
        {
            metrics[MetricNames.Sparsity] = pruning.Sparsity;
            metrics[MetricNames.UnprunedAccuracy] = pruning.AccuracyBefore;
            metrics[MetricNames.PrunedAccuracy] = pruning.AccuracyPruned;
            metrics[MetricNames.FineTunedAccuracy] = pruning.AccuracyAfter;
            metrics[MetricNames.DenseBytes] = pruning.DenseBytes;
            metrics[MetricNames.SparseBytes] = pruning.SparseBytes;
        }

        if (report.Quantization is { } quantization)
        {
            metrics[MetricNames.DenseBytes] = quantization.BytesBefore;
            metrics[MetricNames.QuantizedBytes] = quantization.BytesAfter;
            metrics[MetricNames.QuantizedAccuracy] = quantization.AccuracyAfter;
        }

        return metrics;
    }
}
