using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Data.Sets;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Data.Caching;

/// <summary>Images of one source, scaled to one size. The pixels do not depend on where they are stored.</summary>
public abstract class ImageStore : IDisposable
{
    /// <summary>The images that cannot be decoded, ordered by position.</summary>
    internal IReadOnlyList<CorruptImage> Corrupt { get; private protected init; } = [];

    /// <summary>The main memory in use.</summary>
    public abstract long Bytes { get; }

    /// <summary>False for corrupt images.</summary>
    internal abstract bool Holds(int position);

    /// <summary>Some of the images, in main memory: uint8 [N, 3, S, S]. The caller owns the tensor.</summary>
    /// <param name="positions">Positions in the source.</param>
    /// <exception cref="TrainingException">An image can no longer be decoded (kind Data).</exception>
    internal abstract Tensor ReadPixels(ReadOnlySpan<int> positions);

    /// <summary>Their classes, in main memory: int64 [N]. The caller owns the tensor.</summary>
    internal abstract Tensor ReadLabels(ReadOnlySpan<int> positions);

    internal abstract ChannelStatistics StatisticsOf(ReadOnlySpan<int> positions);

    /// <summary>A prefetcher of these batches; null if the images are in memory.</summary>
    internal abstract BatchPrefetcher? Prefetch(IReadOnlyList<int[]> batches);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
