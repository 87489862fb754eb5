using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Data.Sets;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Data.Caching;

/// <summary>Decodes images in parallel. The result does not depend on the number of threads.</summary>
internal sealed class ImageDecoder(int threads)
{
    public int Threads => threads;

    /// <summary>Decodes images into memory. The result lists those that cannot be decoded.</summary>
    /// <param name="positions">Which images of the source.</param>
    /// <param name="side">Pixels a side.</param>
    public DecodedImages Keep(IImageSource source, int[] positions, int side, CancellationToken cancel)
    {
        Tensor pixels = zeros([positions.Length, 3, side, side], ScalarType.Byte).DetachFromDisposeScope();
        try
        {
            SortedDictionary<int, CorruptImage> corrupt = Fill(pixels, source, positions, side, cancel);
            Tensor labels = tensor(positions.Select(position => (long)source.Labels[position]).ToArray()).DetachFromDisposeScope();
            return new DecodedImages(pixels, labels, positions, corrupt);
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    /// <summary>Decodes images once without keeping them. The result lists those that cannot be decoded.</summary>
    public StreamedImages Stream(IImageSource source, int[] positions, int side, CancellationToken cancel)
    {
        var sums = new PixelSums[positions.Length];
        using var buffers = new ThreadLocal<byte[]>(() => new byte[3 * side * side]);
        SortedDictionary<int, CorruptImage> corrupt = DecodeEach(
            source,
            positions,
            row =>
            {
                source.DecodeTo(positions[row], side, buffers.Value!);
                sums[row] = PixelSums.Of(buffers.Value!);
            },
            cancel);
        return new StreamedImages(this, source, side, positions, sums, corrupt);
    }

    /// <summary>Decodes a few images: uint8 [N, 3, S, S]. The caller owns the tensor.</summary>
    /// <exception cref="TrainingException">Images cannot be decoded (kind Data); the message names them.</exception>
    public Tensor Decode(IImageSource source, int[] positions, int side)
    {
        Tensor pixels = empty([positions.Length, 3, side, side], ScalarType.Byte);
        try
        {
            SortedDictionary<int, CorruptImage> corrupt = Fill(pixels, source, positions, side, CancellationToken.None);
            return corrupt.Count == 0 ? pixels : throw DatasetErrors.Corrupt([.. corrupt.Values], positions.Length);
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    private SortedDictionary<int, CorruptImage> Fill(Tensor pixels, IImageSource source, int[] positions, int side, CancellationToken cancel) => DecodeEach(
        source,
        positions,
        row =>
        {
            using Tensor target = pixels[row];
            source.DecodeTo(positions[row], side, target.bytes);
        },
        cancel);

    /// <returns>The rows that cannot be decoded.</returns>
    /// <exception cref="TrainingException">A file has changed since it was listed (kind Data).</exception>
    private SortedDictionary<int, CorruptImage> DecodeEach(IImageSource source, int[] positions, Action<int> decode, CancellationToken cancel)
    {
        var corrupt = new ConcurrentDictionary<int, CorruptImage>();
        TrainingException? failure = null;
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        Parallel.For(0, positions.Length, options, (row, loop) =>
        {
            try
            {
                decode(row);
            }
            catch (CorruptImageException e)
            {
                corrupt[row] = new CorruptImage(source.Locate(positions[row]), e.Message);
            }
            catch (TrainingException e)
            {
                // Rethrown as it is, not wrapped in an AggregateException.
                Interlocked.CompareExchange(ref failure, e, null);
                loop.Stop();
            }
        });
        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }

        return new SortedDictionary<int, CorruptImage>(corrupt);
    }
}
