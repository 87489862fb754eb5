using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Data.Splits;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Models.Base;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Evaluation;

/// <param name="Loss">The mean cross-entropy, without label smoothing, so that it compares between runs with and without.</param>
/// <param name="Accuracy">The share of images whose class had the highest score.</param>
public sealed record EvaluationResult(double Loss, double Accuracy);

/// <summary>Measures a model on images that it is not trained on.</summary>
internal sealed class Evaluator(ImageNormalizer normalizer, Device device, int batchSize)
{
    public int BatchSize => batchSize;

    /// <param name="model">Is left in evaluation mode.</param>
    /// <param name="cancel">Seen after each batch.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    public EvaluationResult Evaluate(ImageModel model, ImageSplit split, CancellationToken cancel)
    {
        using IDisposable unrecorded = no_grad();
        using IDisposable? exact = ExactConvolutions.On(device);
        using DisposeScope scope = NewDisposeScope();
        model.eval();
        Tensor sums = zeros(2, ScalarType.Float64, device);
        int[][] batches = [.. Enumerable.Range(0, split.Count).Chunk(batchSize)];
        using IDisposable? ahead = split.Prefetch(batches);
        foreach (int[] batch in batches)
        {
            cancel.ThrowIfCancellationRequested();
            AddBatch(sums, model, split, batch);
        }

        double[] totals = sums.cpu().data<double>().ToArray();
        return new EvaluationResult(totals[0] / split.Count, totals[1] / split.Count);
    }

    private void AddBatch(Tensor sums, ImageModel model, ImageSplit split, int[] members)
    {
        using DisposeScope scope = NewDisposeScope();
        ImageBatch batch = split.Batch(members, device);
        Tensor logits = model.forward(normalizer.Normalize(ImageNormalizer.ToUnit(batch.Pixels)));
        Tensor loss = nn.functional.cross_entropy(logits, batch.Labels, reduction: nn.Reduction.Sum);
        Tensor correct = logits.argmax(1).eq(batch.Labels).sum();
        sums.add_(stack([loss.to_type(ScalarType.Float64), correct.to_type(ScalarType.Float64)]));
    }
}
