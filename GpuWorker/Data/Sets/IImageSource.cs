using Experiments.GpuWorker.Data.Decoding;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>Labeled images that can be decoded one by one, by any number of threads concurrently.</summary>
public interface IImageSource
{
    /// <summary>The class of each image.</summary>
    IReadOnlyList<int> Labels { get; }

    /// <summary>The location of an image, for messages: a file, or a position in one.</summary>
    string Locate(int index);

    /// <exception cref="CorruptImageException">The image cannot be decoded.</exception>
    RgbImage Decode(int index);

    /// <summary>Decodes an image and fits it to a size; sources may do so in one pass.</summary>
    /// <param name="side">Pixels a side.</param>
    /// <param name="planes">The destination: 3 × side × side bytes, one plane per channel.</param>
    /// <exception cref="CorruptImageException">The image cannot be decoded.</exception>
    void DecodeTo(int index, int side, Span<byte> planes) => ImageResizer.Fit(Decode(index), side, planes);
}
