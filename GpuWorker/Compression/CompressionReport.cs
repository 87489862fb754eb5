namespace Experiments.GpuWorker.Compression;

/// <summary>What compression.json holds. Accuracies are those of the validation images unless they say otherwise.</summary>
internal sealed record CompressionReport
{
    /// <summary>Null where nothing was pruned.</summary>
    public PruningReport? Pruning { get; init; }

    /// <summary>Null where nothing was quantised.</summary>
    public QuantizationReport? Quantization { get; init; }
}

/// <param name="Share">That was asked for.</param>
/// <param name="Sparsity">The share of zeros among the weights of convolutions and linear layers of the best weights.</param>
/// <param name="AccuracyBefore">Of the last epoch before pruning.</param>
/// <param name="AccuracyPruned">Right after it.</param>
/// <param name="AccuracyAfter">Of the best epoch of fine-tuning.</param>
/// <param name="DenseBytes">Of all tensors.</param>
/// <param name="SparseBytes">Where those weights take one bit each and their values only if they are not zero.</param>
internal sealed record PruningReport(
    double Share, double Sparsity, double AccuracyBefore, double AccuracyPruned, double AccuracyAfter, long DenseBytes, long SparseBytes);

/// <param name="BytesBefore">Of all tensors of best.safetensors.</param>
/// <param name="BytesAfter">Of all tensors of quantized.safetensors.</param>
/// <param name="TestAccuracyBefore">Null where the data set has no test split; so <paramref name="TestAccuracyAfter"/>.</param>
internal sealed record QuantizationReport(
    long BytesBefore, long BytesAfter, double AccuracyBefore, double AccuracyAfter, double? TestAccuracyBefore, double? TestAccuracyAfter);
