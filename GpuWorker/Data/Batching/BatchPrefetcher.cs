using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Sets;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Data.Batching;

/// <summary>
/// Prefetches batches: its threads decode as many as fit into a small buffer, at least two. Images are decoded in the order of the
/// batches, each into its own position, so that the result does not depend on the threads. A failure is thrown when its batch is taken.
/// </summary>
internal sealed class BatchPrefetcher : IDisposable
{
    private const long MostBytesAhead = 128L << 20;
    private const int FewestBatchesAhead = 2;

    private readonly IImageSource _source;
    private readonly int _side;
    private readonly IReadOnlyList<int[]> _batches;
    private readonly Thread[] _threads;
    private readonly object _gate = new();
    private readonly Queue<PrefetchedBatch> _ahead = [];
    private PrefetchedBatch? _filling;
    private int _started;
    private int _nextImage;
    private bool _stopped;

    /// <param name="batches">Positions of images in the source, in the order in which batches are taken.</param>
    /// <param name="threads">The number of decoding threads.</param>
    public BatchPrefetcher(IImageSource source, int side, IReadOnlyList<int[]> batches, int threads)
    {
        _source = source;
        _side = side;
        _batches = batches;
        _threads = [.. Enumerable.Range(0, threads).Select(_ => new Thread(DecodeAll) { IsBackground = true, Name = "image loader" })];
        foreach (Thread thread in _threads)
        {
            thread.Start();
        }
    }

    /// <summary>The pixels of the next batch, uint8 [N, 3, S, S], if it is the requested one; null otherwise. The caller owns the tensor.</summary>
    /// <exception cref="TrainingException">An image cannot be decoded (kind Data); the message names the first one of the batch.</exception>
    public Tensor? TryTake(ReadOnlySpan<int> positions) => Await(positions)?.Give(_source);

    /// <summary>Stops the threads.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopped = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        while (_ahead.TryDequeue(out PrefetchedBatch? batch))
        {
            batch.Dispose();
        }
    }

    private PrefetchedBatch? Await(ReadOnlySpan<int> positions)
    {
        lock (_gate)
        {
            while (!_stopped && _ahead.Count == 0 && _started < _batches.Count)
            {
                Monitor.Wait(_gate);
            }

            if (_stopped || !_ahead.TryPeek(out PrefetchedBatch? batch) || !positions.SequenceEqual(batch.Positions))
            {
                return null;
            }

            while (!batch.IsWhole)
            {
                Monitor.Wait(_gate);
            }

            _ahead.Dequeue();
            Monitor.PulseAll(_gate);
            return batch;
        }
    }

    private void DecodeAll()
    {
        while (Next() is var (batch, image))
        {
            Exception? failure = batch.Decode(_source, image, _side);
            lock (_gate)
            {
                batch.Finish(image, failure);
                if (batch.IsWhole)
                {
                    Monitor.PulseAll(_gate);
                }
            }
        }
    }

    /// <summary>Waits until the buffer has room for the next batch; returns the next image to decode, or null after the last one.</summary>
    private (PrefetchedBatch Batch, int Image)? Next()
    {
        lock (_gate)
        {
            while (!_stopped)
            {
                if (_filling is not null && _nextImage < _filling.Positions.Length)
                {
                    return (_filling, _nextImage++);
                }

                if (_started == _batches.Count)
                {
                    return null;
                }

                if (HasRoom(_batches[_started].Length))
                {
                    Begin();
                }
                else
                {
                    Monitor.Wait(_gate);
                }
            }

            return null;
        }
    }

    private bool HasRoom(int images) =>
        _ahead.Count < FewestBatchesAhead || (_ahead.Sum(batch => batch.Positions.Length) + images) * 3L * _side * _side <= MostBytesAhead;

    private void Begin()
    {
        _filling = new PrefetchedBatch(_batches[_started++], _side);
        _nextImage = 0;
        _ahead.Enqueue(_filling);
        Monitor.PulseAll(_gate);
    }
}
