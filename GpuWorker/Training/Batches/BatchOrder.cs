using Experiments.GpuWorker.Randomness;

namespace Experiments.GpuWorker.Training.Batches;

/// <summary>
/// In which order the training images are gone through: a pure function of (seed, epoch). The last batch may be smaller; one that would hold
/// a single image is left out, because batch norm cannot take it.
/// </summary>
internal sealed class BatchOrder(long seed, int images, int batchSize)
{
    public int Iterations { get; } = Math.Max(1, (images / batchSize) + (images % batchSize > 1 ? 1 : 0));

    /// <summary>The places of the images in the training split, in the order of this epoch.</summary>
    /// <param name="epoch">From 0.</param>
    public int[] Of(int epoch) => CounterRandom.For(seed, RandomPurpose.Order, epoch).Permutation(images);

    /// <summary>The part of <paramref name="order"/> that makes up a batch.</summary>
    /// <param name="iteration">Within the epoch, from 0.</param>
    public ReadOnlySpan<int> Batch(int[] order, int iteration)
    {
        int start = iteration * batchSize;
        return order.AsSpan(start, Math.Min(batchSize, images - start));
    }

    /// <summary>All batches from an iteration of the epoch on.</summary>
    public IEnumerable<int[]> Batches(int[] order, int iteration) =>
        Enumerable.Range(iteration, Math.Max(0, Iterations - iteration)).Select(i => Batch(order, i).ToArray());

    public override string ToString() => $"seed {seed}, {images} images, batches of {batchSize}";
}
