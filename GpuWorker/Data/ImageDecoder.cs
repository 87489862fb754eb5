using System.Collections.Concurrent;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Data;

/// <summary>Decodes images on all cores. The result does not depend on how many there are.</summary>
internal sealed class ImageDecoder(int threads, ILogger logger)
{
    /// <param name="positions">Which images of the source.</param>
    /// <param name="side">Pixels a side.</param>
    /// <param name="skipCorrupt">Leave out what cannot be decoded instead of failing.</param>
    /// <exception cref="Training.TrainingException">An image cannot be decoded (kind Data); the first such one is named.</exception>
    public DecodedImages Decode(IImageSource source, int[] positions, int side, bool skipCorrupt, CancellationToken cancel)
    {
        Tensor pixels = zeros([positions.Length, 3, side, side], ScalarType.Byte).DetachFromDisposeScope();
        try
        {
            int[] corrupt = DecodeInto(pixels, source, positions, skipCorrupt, cancel);
            Tensor labels = tensor(positions.Select(position => (long)source.Labels[position]).ToArray()).DetachFromDisposeScope();
            return new DecodedImages(pixels, labels, positions, corrupt);
        }
        catch
        {
            pixels.Dispose();
            throw;
        }
    }

    private int[] DecodeInto(Tensor pixels, IImageSource source, int[] positions, bool skipCorrupt, CancellationToken cancel)
    {
        int side = (int)pixels.shape[3];
        var failures = new ConcurrentDictionary<int, CorruptImageException>();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        Parallel.For(0, positions.Length, options, (row, loop) =>
        {
            try
            {
                using Tensor target = pixels[row];
                ImageResizer.Fit(source.Decode(positions[row]), side, target.bytes);
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
                throw DatasetErrors.Bad(
                    $"{place} cannot be decoded: {failures[row].Message}. Mend or remove it, or set skipCorrupt: true in the dataset block",
                    failures[row]);
            }

            logger.LogWarning("Left out {Image}: {Reason}", place, failures[row].Message);
        }

        return rows;
    }
}
