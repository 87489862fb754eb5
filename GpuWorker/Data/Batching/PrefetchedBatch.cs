using System.Runtime.ExceptionServices;
using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Data.Sets;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Data.Batching;

/// <summary>A batch that loader threads fill image by image.</summary>
/// <param name="positions">The positions of its images in their source.</param>
internal sealed class PrefetchedBatch(int[] positions, int side) : IDisposable
{
    private readonly Tensor _pixels = empty([positions.Length, 3, side, side], ScalarType.Byte).DetachFromDisposeScope();
    private readonly SortedDictionary<int, Exception> _failures = [];
    private int _finished;

    public int[] Positions => positions;

    public bool IsWhole => _finished == positions.Length;

    /// <returns>The reason that it cannot be decoded, or null.</returns>
    public Exception? Decode(IImageSource source, int image, int side)
    {
        try
        {
            int bytes = 3 * side * side;
            source.DecodeTo(positions[image], side, _pixels.bytes.Slice(image * bytes, bytes));
            return null;
        }
        catch (Exception e)
        {
            // Thrown when the batch is taken.
            return e;
        }
    }

    /// <summary>Must be called under the lock of the loaders.</summary>
    public void Finish(int image, Exception? failure)
    {
        _finished++;
        if (failure is not null)
        {
            _failures[image] = failure;
        }
    }

    /// <summary>The pixels of a complete batch. The caller owns them; they are attached to its current scope.</summary>
    public Tensor Give(IImageSource source)
    {
        if (_failures.Count == 0)
        {
            CurrentDisposeScope?.Attach(_pixels);
            return _pixels;
        }

        _pixels.Dispose();
        (int image, Exception failure) = _failures.First();
        if (failure is CorruptImageException corrupt)
        {
            throw DatasetErrors.Corrupt([new CorruptImage(source.Locate(positions[image]), corrupt.Message)], positions.Length);
        }

        ExceptionDispatchInfo.Throw(failure);
        throw failure;
    }

    public void Dispose() => _pixels.Dispose();
}
