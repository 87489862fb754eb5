using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Data.Sets;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Data.Caching;

/// <summary>Images of one source, decoded and scaled, in main memory.</summary>
public sealed class DecodedImages : ImageStore
{
    private readonly Dictionary<int, int> _rows = [];

    /// <param name="pixels">uint8 [N, 3, S, S]; owned by this object.</param>
    /// <param name="labels">int64 [N]; owned by this object.</param>
    /// <param name="positions">The position of each row in its source.</param>
    /// <param name="corrupt">Rows without an image because it could not be decoded.</param>
    internal DecodedImages(Tensor pixels, Tensor labels, IReadOnlyList<int> positions, SortedDictionary<int, CorruptImage> corrupt)
    {
        Pixels = pixels;
        Labels = labels;
        Corrupt = [.. corrupt.Values];
        for (int row = 0; row < positions.Count; row++)
        {
            _rows[positions[row]] = row;
        }

        foreach (int row in corrupt.Keys)
        {
            _rows.Remove(positions[row]);
        }
    }

    /// <summary>uint8 [N, 3, S, S].</summary>
    public Tensor Pixels { get; }

    /// <summary>int64 [N].</summary>
    public Tensor Labels { get; }

    public override long Bytes => Pixels.numel();

    internal override bool Holds(int position) => _rows.ContainsKey(position);

    internal override Tensor ReadPixels(ReadOnlySpan<int> positions) => Rows(Pixels, positions);

    internal override Tensor ReadLabels(ReadOnlySpan<int> positions) => Rows(Labels, positions);

    internal override ChannelStatistics StatisticsOf(ReadOnlySpan<int> positions)
    {
        PixelSums sums = default;
        foreach (int position in positions)
        {
            using Tensor image = Pixels[_rows[position]];
            sums += PixelSums.Of(image.bytes);
        }

        return ChannelStatistics.Of(sums, positions.Length * Pixels.shape[2] * Pixels.shape[3]);
    }

    internal override BatchPrefetcher? Prefetch(IReadOnlyList<int[]> batches) => null;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Pixels.Dispose();
            Labels.Dispose();
        }
    }

    private Tensor Rows(Tensor all, ReadOnlySpan<int> positions)
    {
        long[] rows = new long[positions.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = _rows[positions[i]];
        }

        using Tensor index = tensor(rows);
        return all.index_select(0, index);
    }
}
