using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Data;

/// <summary>Decodes images on all cores. The result does not depend on how many there are.</summary>
internal sealed class ImageDecoder(int threads, ILogger logger)
{
    public int Threads => threads;

    /// <summary>Decodes images to keep them.</summary>
    /// <param name="positions">Which images of the source.</param>
    /// <param name="side">Pixels a side.</param>
    /// <param name="skipCorrupt">Leave out what cannot be decoded instead of failing.</param>
    /// <exception cref="Training.TrainingException">An image cannot be decoded (kind Data); the first such one is named.</exception>
    public DecodedImages Keep(IImageSource source, int[] positions, int side, bool skipCorrupt, CancellationToken cancel)
    {
        Tensor pixels = zeros([positions.Length, 3, side, side], ScalarType.Byte).DetachFromDisposeScope();
        try
        {
            int[] corrupt = Fill(pixels, source, positions, side, skipCorrupt, cancel);
            Tensor labels = tensor(positions.Select(position => (long)source.Labels[position]).ToArray()).DetachFromDisposeScope();
            return new DecodedImages(pixels, labels, positions, corrupt);
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    /// <summary>Decodes images once without keeping them.</summary>
    /// <exception cref="Training.TrainingException">As with <see cref="Keep"/>.</exception>
    public StreamedImages Stream(IImageSource source, int[] positions, int side, bool skipCorrupt, CancellationToken cancel)
    {
        var sums = new PixelSums[positions.Length];
        using var buffers = new ThreadLocal<byte[]>(() => new byte[3 * side * side]);
        int[] corrupt = DecodeEach(
            source,
            positions,
            row =>
            {
                source.DecodeTo(positions[row], side, buffers.Value!);
                sums[row] = PixelSums.Of(buffers.Value!);
            },
            skipCorrupt,
            cancel);
        return new StreamedImages(this, source, side, positions, sums, corrupt);
    }

    /// <summary>Decodes a few images: uint8 [N, 3, S, S]. The caller owns the tensor.</summary>
    /// <exception cref="Training.TrainingException">An image cannot be decoded (kind Data); the first such one is named.</exception>
    public Tensor Decode(IImageSource source, int[] positions, int side)
    {
        Tensor pixels = empty([positions.Length, 3, side, side], ScalarType.Byte);
        try
        {
            Fill(pixels, source, positions, side, skipCorrupt: false, CancellationToken.None);
            return pixels;
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    private int[] Fill(Tensor pixels, IImageSource source, int[] positions, int side, bool skipCorrupt, CancellationToken cancel) => DecodeEach(
        source,
        positions,
        row =>
        {
            using Tensor target = pixels[row];
            source.DecodeTo(positions[row], side, target.bytes);
        },
        skipCorrupt,
        cancel);

    /// <returns>The rows that cannot be decoded.</returns>
    private int[] DecodeEach(IImageSource source, int[] positions, Action<int> decode, bool skipCorrupt, CancellationToken cancel)
    {
        var failures = new ConcurrentDictionary<int, CorruptImageException>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        Parallel.For(0, positions.Length, options, (row, loop) =>
        {
            try
            {
                decode(row);
            }
            catch (CorruptImageException e)
            {
                failures[row] = e;
                if (!skipCorrupt)
                {
                    // Rows before this one are still decoded, so that the first bad one is named whatever the threads do.
                    loop.Break();
                }
            }
        });
        return Report(source, positions, failures, skipCorrupt);
    }

    private int[] Report(IImageSource source, int[] positions, ConcurrentDictionary<int, CorruptImageException> failures, bool skipCorrupt)
    {
        int[] rows = [.. failures.Keys.Order()];
        foreach (int row in rows)
        {
            string place = source.Locate(positions[row]);
            if (!skipCorrupt)
            {
                throw DatasetErrors.Corrupt(place, failures[row]);
            }

            logger.LogWarning("Left out {Image}: {Reason}", place, failures[row].Message);
        }

        return rows;
    }
}
