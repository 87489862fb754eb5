using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Data.Splits;
using Experiments.GpuWorker.Devices;
using Experiments.GpuWorker.Models.Base;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Evaluation;

/// <summary>Runs a model once on every image of a split and keeps the outcomes, but not the logits.</summary>
internal sealed class OutcomePass(ImageNormalizer normalizer, Device device, int batchSize)
{
    /// <summary>The number of most probable classes that are kept per image.</summary>
    public const int Top = 5;

    /// <param name="model">Is left in evaluation mode.</param>
    /// <param name="cancel">Seen before each batch.</param>
    /// <returns>In the order of the split.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="cancel"/> was set.</exception>
    public List<SampleOutcome> Run(ImageModel model, ImageSplit split, CancellationToken cancel)
    {
        using IDisposable unrecorded = no_grad();
        using IDisposable? exact = ExactConvolutions.On(device);
        model.eval();
        var outcomes = new List<SampleOutcome>(split.Count);
        int[][] batches = [.. Enumerable.Range(0, split.Count).Chunk(batchSize)];
        using IDisposable? ahead = split.Prefetch(batches);
        foreach (int[] batch in batches)
        {
            cancel.ThrowIfCancellationRequested();
            using DisposeScope scope = NewDisposeScope();
            ImageBatch images = split.Batch(batch, device);
            Add(outcomes, model.forward(normalizer.Normalize(ImageNormalizer.ToUnit(images.Pixels))), images.Labels);
        }

        return outcomes;
    }

    /// <param name="logits">[N, classes].</param>
    /// <param name="labels">int64 [N].</param>
    private static void Add(List<SampleOutcome> outcomes, Tensor logits, Tensor labels)
    {
        Tensor probabilities = logits.to_type(ScalarType.Float64).softmax(1);
        int kept = (int)Math.Min(Top, logits.shape[1]);
        (Tensor values, Tensor indices) = probabilities.topk(kept, 1);
        double[] best = values.cpu().data<double>().ToArray();
        long[] classes = indices.cpu().data<long>().ToArray();
        double[] actual = probabilities.gather(1, labels.unsqueeze(1)).cpu().data<double>().ToArray();
        long[] truth = labels.cpu().data<long>().ToArray();
        for (int i = 0; i < truth.Length; i++)
        {
            int start = i * kept;
            outcomes.Add(new SampleOutcome(
                (int)truth[i], [.. classes[start..(start + kept)].Select(label => (int)label)], best[start..(start + kept)], actual[i]));
        }
    }
}
