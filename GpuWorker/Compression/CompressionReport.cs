namespace Experiments.GpuWorker.Compression;

/// <summary>The content of compression.json. Accuracies are those of the validation split unless stated otherwise.</summary>
internal sealed record CompressionReport
{
    /// <summary>Null without pruning.</summary>
    public PruningReport? Pruning { get; init; }

    /// <summary>Null without quantization.</summary>
    public QuantizationReport? Quantization { get; init; }
}

/// <param name="Share">The requested share.</param>
/// <param name="Sparsity">The share of zeros among the weights of convolutions and linear layers of the best weights.</param>
/// <param name="AccuracyBefore">The accuracy of the last epoch before pruning.</param>
/// <param name="AccuracyPruned">The accuracy right after pruning.</param>
/// <param name="AccuracyAfter">The accuracy of the best epoch of fine-tuning.</param>
/// <param name="DenseBytes">The size of all tensors.</param>
/// <param name="SparseBytes">The size of all tensors if those weights take one bit each, plus the values of the non-zero ones.</param>
internal sealed record PruningReport(
    double Share, double Sparsity, double AccuracyBefore, double AccuracyPruned, double AccuracyAfter, long DenseBytes, long SparseBytes);

/// <param name="BytesBefore">The size of all tensors of best.safetensors.</param>
/// <param name="BytesAfter">The size of all tensors of quantized.safetensors.</param>
/// <param name="TestAccuracyBefore">Null without a test split, like <paramref name="TestAccuracyAfter"/>.</param>
internal sealed record QuantizationReport(
    long BytesBefore, long BytesAfter, double AccuracyBefore, double AccuracyAfter, double? TestAccuracyBefore, double? TestAccuracyAfter);
