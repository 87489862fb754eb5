using static TorchSharp.torch;

namespace Experiments.GpuWorker.Data;

/// <summary>Images that belong together: those to train on, to validate with or to test with.</summary>
public sealed class ImageSplit
{
    private readonly DecodedImages _images;
    private readonly long[] _rows;
    private readonly int[] _samples;

    internal ImageSplit(DecodedImages images, long[] rows, int[] samples)
    {
        _images = images;
        _rows = rows;
        _samples = samples;
    }

    public int Count => _rows.Length;

    /// <summary>The place of each image in its source.</summary>
    internal IReadOnlyList<int> Samples => _samples;

    /// <summary>What the images are taken from.</summary>
    internal DecodedImages Images => _images;

    /// <summary>Sums over this split's pixels, for its statistics.</summary>
    internal ChannelStatistics Statistics() => ChannelStatistics.Of(_images.Pixels, _rows);

    /// <summary>How many images each class has.</summary>
    internal long[] CountClasses(int classes)
    {
        using Tensor index = tensor(_rows);
        using Tensor labels = _images.Labels.index_select(0, index);
        using Tensor counts = labels.bincount(null, classes);
        return counts.data<long>().ToArray();
    }

    /// <summary>Some of the images, on the device. The caller owns the tensors.</summary>
    /// <param name="members">Places in this split.</param>
    internal ImageBatch Batch(ReadOnlySpan<int> members, Device device)
    {
        long[] rows = new long[members.Length];
        int[] samples = new int[members.Length];
        for (int i = 0; i < members.Length; i++)
        {
            rows[i] = _rows[members[i]];
            samples[i] = _samples[members[i]];
        }

        using Tensor index = tensor(rows);
        using Tensor pixels = _images.Pixels.index_select(0, index);
        using Tensor labels = _images.Labels.index_select(0, index);
        return new ImageBatch(pixels.to(device, copy: true), labels.to(device, copy: true), samples);
    }
}

/// <param name="Pixels">uint8 [N, 3, S, S].</param>
/// <param name="Labels">int64 [N].</param>
/// <param name="Samples">The place of each image in its source, whatever batch it is in.</param>
internal sealed record ImageBatch(Tensor Pixels, Tensor Labels, int[] Samples);
