using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Data.Sets;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Data.Caching;

/// <summary>
/// Images of one source that are too many to keep: decoded on demand. All have been decoded once, so that it is known which are
/// corrupt, and the sums of their pixels.
/// </summary>
internal sealed class StreamedImages : ImageStore
{
    private readonly ImageDecoder _decoder;
    private readonly IImageSource _source;
    private readonly int _side;
    private readonly Dictionary<int, PixelSums> _sums = [];

    /// <param name="positions">The positions of the images in the source.</param>
    /// <param name="sums">The sums of each image.</param>
    /// <param name="corrupt">The indexes in <paramref name="positions"/> of images that cannot be decoded.</param>
    public StreamedImages(ImageDecoder decoder, IImageSource source, int side, int[] positions, PixelSums[] sums, SortedDictionary<int, CorruptImage> corrupt)
    {
        _decoder = decoder;
        _source = source;
        _side = side;
        Corrupt = [.. corrupt.Values];
        for (int i = 0; i < positions.Length; i++)
        {
            _sums[positions[i]] = sums[i];
        }

        foreach (int i in corrupt.Keys)
        {
            _sums.Remove(positions[i]);
        }
    }

    /// <summary>The approximate size of the dictionary's entries.</summary>
    public override long Bytes => _sums.Count * 72L;

    internal override bool Holds(int position) => _sums.ContainsKey(position);

    internal override Tensor ReadPixels(ReadOnlySpan<int> positions) => _decoder.Decode(_source, [.. positions], _side);

    internal override Tensor ReadLabels(ReadOnlySpan<int> positions)
    {
        long[] labels = new long[positions.Length];
        for (int i = 0; i < labels.Length; i++)
        {
            labels[i] = _source.Labels[positions[i]];
        }

        return tensor(labels);
    }

    internal override ChannelStatistics StatisticsOf(ReadOnlySpan<int> positions)
    {
        PixelSums sums = default;
        foreach (int position in positions)
        {
            sums += _sums[position];
        }

        return ChannelStatistics.Of(sums, (long)positions.Length * _side * _side);
    }

    internal override BatchPrefetcher Prefetch(IReadOnlyList<int[]> batches) => new(_source, _side, batches, _decoder.Threads);

    protected override void Dispose(bool disposing)
    {
    }
}
