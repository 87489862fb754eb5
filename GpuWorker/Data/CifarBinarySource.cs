namespace Experiments.GpuWorker.Data;

/// <summary>CIFAR-10's binary files: records of a label byte and 3 × 32 × 32 bytes (red, green and blue plane).</summary>
internal sealed class Cifar10BinarySource : IImageSource
{
    private const int Side = 32;
    private const int Plane = Side * Side;
    private const int RecordBytes = 1 + (3 * Plane);

    private readonly List<(string File, int Number, byte[] Content)> _records = [];

    public Cifar10BinarySource(IEnumerable<string> files)
    {
        foreach (string file in files)
        {
            Read(file);
        }

        Labels = [.. _records.Select(record => (int)record.Content[record.Number * RecordBytes])];
    }

    public IReadOnlyList<int> Labels { get; }

    public string Locate(int index) => $"image {_records[index].Number} of {_records[index].File}";

    public RgbImage Decode(int index)
    {
        (_, int number, byte[] content) = _records[index];
        ReadOnlySpan<byte> planes = content.AsSpan((number * RecordBytes) + 1, 3 * Plane);
        byte[] pixels = new byte[3 * Plane];
        for (int i = 0; i < Plane; i++)
        {
            pixels[3 * i] = planes[i];
            pixels[(3 * i) + 1] = planes[Plane + i];
            pixels[(3 * i) + 2] = planes[(2 * Plane) + i];
        }

        return new RgbImage(Side, Side, pixels);
    }

    private void Read(string file)
    {
        byte[] content = File.ReadAllBytes(file);
        if (content.Length == 0 || content.Length % RecordBytes != 0)
        {
            throw DatasetErrors.Bad(
                $"\"{file}\" has {content.Length:N0} bytes; a CIFAR-10 file is a whole number of records of {RecordBytes:N0} bytes");
        }

        for (int number = 0; number < content.Length / RecordBytes; number++)
        {
            int label = content[number * RecordBytes];
            if (label >= Cifar10Reader.Classes.Length)
            {
                throw DatasetErrors.Bad($"\"{file}\": image {number} has label {label}; allowed: 0 to {Cifar10Reader.Classes.Length - 1}");
            }

            _records.Add((file, number, content));
        }
    }
}
