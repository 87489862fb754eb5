using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Data.Decoding;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>Grayscale images of a three-dimensional idx file, with labels of a one-dimensional one.</summary>
internal sealed class IdxSource : IImageSource
{
    private const int Side = 28;

    private readonly string _file;
    private readonly byte[] _pixels;

    /// <exception cref="TrainingException">The files are invalid (kind Data).</exception>
    public IdxSource(string imageFile, string labelFile, int classes)
    {
        IdxFile images = IdxFile.Read(imageFile, dimensions: 3);
        IdxFile labels = IdxFile.Read(labelFile, dimensions: 1);
        if (images.Sizes[1] != Side || images.Sizes[2] != Side)
        {
            throw DatasetErrors.Bad($"\"{imageFile}\" holds images of {images.Sizes[2]}×{images.Sizes[1]} pixels; expected {Side}×{Side}");
        }

        if (images.Sizes[0] == 0 || images.Sizes[0] != labels.Sizes[0])
        {
            throw DatasetErrors.Bad($"\"{imageFile}\" holds {images.Sizes[0]:N0} images, \"{labelFile}\" {labels.Sizes[0]:N0} labels; expected as many, and some");
        }

        int wrong = labels.Values.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)(classes - 1));
        if (wrong >= 0)
        {
            throw DatasetErrors.Bad($"\"{labelFile}\": image {wrong} has label {labels.Values[wrong]}; allowed: 0 to {classes - 1}");
        }

        _file = imageFile;
        _pixels = images.Values;
        Labels = [.. labels.Values.Select(label => (int)label)];
    }

    public IReadOnlyList<int> Labels { get; }

    public string Locate(int index) => $"image {index} of {_file}";

    public RgbImage Decode(int index)
    {
        ReadOnlySpan<byte> grey = _pixels.AsSpan(index * Side * Side, Side * Side);
        byte[] pixels = new byte[3 * grey.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            pixels[i] = grey[i / 3];
        }

        return new RgbImage(Side, Side, pixels);
    }
}
