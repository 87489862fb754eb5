using Experiments.GpuWorker.Data.Decoding;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>Labelled images that can be decoded one by one, by any number of threads at a time.</summary>
public interface IImageSource
{
    /// <summary>The class of each image.</summary>
    IReadOnlyList<int> Labels { get; }

    /// <summary>Where an image is found, for messages: a file, or a place in one.</summary>
    string Locate(int index);

    /// <exception cref="CorruptImageException">The image cannot be decoded.</exception>
    RgbImage Decode(int index);

    /// <summary>Decodes an image and fits it to a size; sources may do so in one go, with less work.</summary>
    /// <param name="side">Pixels a side.</param>
    /// <param name="planes">Where it goes: 3 × side × side bytes, one plane per channel.</param>
    /// <exception cref="CorruptImageException">The image cannot be decoded.</exception>
    void DecodeTo(int index, int side, Span<byte> planes) => ImageResizer.Fit(Decode(index), side, planes);
}
