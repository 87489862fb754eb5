using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Data.Sets;
using Experiments.GpuWorker.Data.Splits;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Data.Caching;

/// <summary>Images of one source, scaled to one size, wherever they are kept. What is read does not depend on that.</summary>
public abstract class ImageStore : IDisposable
{
    /// <summary>The images that cannot be decoded, in the order of their places.</summary>
    internal IReadOnlyList<CorruptImage> Corrupt { get; private protected init; } = [];

    /// <summary>Main memory taken.</summary>
    public abstract long Bytes { get; }

    /// <summary>The images at these places of the source, without corrupt ones.</summary>
    internal ImageSplit Select(IEnumerable<int> positions) => new(this, [.. positions.Where(Holds)]);

    /// <summary>False for images that are corrupt.</summary>
    internal abstract bool Holds(int position);

    /// <summary>Some of the images, in main memory: uint8 [N, 3, S, S]. The caller owns the tensor.</summary>
    /// <param name="positions">Places in the source.</param>
    /// <exception cref="TrainingException">An image cannot be decoded any more (kind Data).</exception>
    internal abstract Tensor ReadPixels(ReadOnlySpan<int> positions);

    /// <summary>Their classes, in main memory: int64 [N]. The caller owns the tensor.</summary>
    internal abstract Tensor ReadLabels(ReadOnlySpan<int> positions);

    internal abstract ChannelStatistics StatisticsOf(ReadOnlySpan<int> positions);

    /// <summary>Something that reads these batches ahead; null where reading takes no time.</summary>
    internal abstract BatchPrefetcher? Prefetch(IReadOnlyList<int[]> batches);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
