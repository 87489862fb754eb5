using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Batching;
using Experiments.GpuWorker.Data.Caching;
using Experiments.GpuWorker.Data.Decoding;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Data.Splits;

/// <summary>The images of one split: training, validation or test.</summary>
public sealed class ImageSplit
{
    private readonly ImageStore _images;
    private readonly int[] _samples;
    private BatchPrefetcher? _ahead;

    internal ImageSplit(ImageStore images, int[] samples)
    {
        _images = images;
        _samples = samples;
    }

    public int Count => _samples.Length;

    /// <summary>The position of each image in its source.</summary>
    internal IReadOnlyList<int> Samples => _samples;

    /// <summary>The decoded images, if they are kept in memory.</summary>
    /// <exception cref="InvalidCastException">They are not kept.</exception>
    internal DecodedImages Images => (DecodedImages)_images;

    /// <summary>False if images are decoded on demand.</summary>
    internal bool IsKept => _images is DecodedImages;

    /// <summary>The statistics of this split's pixels.</summary>
    internal ChannelStatistics Statistics() => _images.StatisticsOf(_samples);

    /// <summary>The number of images per class.</summary>
    internal long[] CountClasses(int classes)
    {
        using Tensor labels = _images.ReadLabels(_samples);
        using Tensor counts = labels.bincount(null, classes);
        return counts.data<long>().ToArray();
    }

    /// <summary>
    /// Announces the batches that will be requested next, in order. Images that are not kept are then decoded in the background. What
    /// <see cref="Batch"/> returns does not depend on it.
    /// </summary>
    /// <param name="batches">Positions in this split.</param>
    /// <returns>Dispose it when no more batches will be requested.</returns>
    internal IDisposable? Prefetch(IEnumerable<int[]> batches)
    {
        if (IsKept)
        {
            return null;
        }

        _ahead?.Dispose();
        _ahead = _images.Prefetch([.. batches.Select(batch => SamplesOf(batch))]);
        return _ahead;
    }

    /// <summary>Some of the images, on the device. The caller owns the tensors.</summary>
    /// <param name="members">Positions in this split.</param>
    /// <exception cref="TrainingException">An image can no longer be decoded (kind Data).</exception>
    internal ImageBatch Batch(ReadOnlySpan<int> members, Device device)
    {
        int[] samples = SamplesOf(members);
        Tensor pixels = _ahead?.TryTake(samples) ?? _images.ReadPixels(samples);
        return new ImageBatch(OnDevice(pixels, device), OnDevice(_images.ReadLabels(samples), device), samples);
    }

    private int[] SamplesOf(ReadOnlySpan<int> members)
    {
        int[] samples = new int[members.Length];
        for (int i = 0; i < members.Length; i++)
        {
            samples[i] = _samples[members[i]];
        }

        return samples;
    }

    private static Tensor OnDevice(Tensor values, Device device)
    {
        if (device.type == TorchSharp.DeviceType.CPU)
        {
            return values;
        }

        // Copies from pinned memory are asynchronous: this thread continues. libtorch keeps the pinned buffer alive until the copy has finished.
        using (values)
        using (Tensor pinned = values.pin_memory())
        {
            return pinned.to(device, non_blocking: true);
        }
    }
}

/// <param name="Pixels">uint8 [N, 3, S, S].</param>
/// <param name="Labels">int64 [N].</param>
/// <param name="Samples">The place of each image in its source, independent of the batch.</param>
internal sealed record ImageBatch(Tensor Pixels, Tensor Labels, int[] Samples);
