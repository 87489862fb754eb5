using Experiments.GpuWorker.Data.Decoding;
using Experiments.GpuWorker.Files;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>CIFAR's binary files: records of label bytes and 3 × 32 × 32 bytes (red, green and blue plane).</summary>
internal sealed class CifarBinarySource : IImageSource
{
    private const int Plane = CifarLayout.PixelBytes / 3;

    private readonly CifarLayout _layout;
    private readonly List<(string File, int Number, byte[] Content)> _records = [];

    public CifarBinarySource(CifarLayout layout, IEnumerable<string> files)
    {
        _layout = layout;
        foreach (string file in files)
        {
            Read(file);
        }

        Labels = [.. _records.Select(record => LabelOf(record.Content, record.Number))];
    }

    public IReadOnlyList<int> Labels { get; }

    public string Locate(int index) => $"image {_records[index].Number} of {_records[index].File}";

    public RgbImage Decode(int index)
    {
        (_, int number, byte[] content) = _records[index];
        ReadOnlySpan<byte> planes = content.AsSpan((number * _layout.RecordBytes) + _layout.LabelBytes, CifarLayout.PixelBytes);
        byte[] pixels = new byte[CifarLayout.PixelBytes];
        for (int i = 0; i < Plane; i++)
        {
            pixels[3 * i] = planes[i];
            pixels[(3 * i) + 1] = planes[Plane + i];
            pixels[(3 * i) + 2] = planes[(2 * Plane) + i];
        }

        return new RgbImage(CifarLayout.Side, CifarLayout.Side, pixels);
    }

    private int LabelOf(byte[] content, int number) => content[(number * _layout.RecordBytes) + _layout.LabelBytes - 1];

    private void Read(string file)
    {
        byte[] content = ReadAll(file);
        if (content.Length % _layout.RecordBytes != 0)
        {
            throw DatasetErrors.Bad(
                $"\"{file}\" has {content.Length:N0} bytes; a {_layout.Name} file is a whole number of records of {_layout.RecordBytes:N0} bytes");
        }

        for (int number = 0; number < content.Length / _layout.RecordBytes; number++)
        {
            int label = LabelOf(content, number);
            if (label >= _layout.Classes.Length)
            {
                throw DatasetErrors.Bad($"\"{file}\": image {number} has label {label}; allowed: 0 to {_layout.Classes.Length - 1}");
            }

            _records.Add((file, number, content));
        }
    }

    private static byte[] ReadAll(string file)
    {
        using FileStream stream = RegularFile.OpenRead(file, message => DatasetErrors.Bad(message));
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
