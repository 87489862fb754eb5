using System.Buffers.Binary;
using System.IO.Compression;
using Experiments.GpuWorker.Basics;
using Experiments.GpuWorker.Files;

namespace Experiments.GpuWorker.Data.Sets;

/// <summary>
/// An idx file of unsigned bytes, as MNIST (Y. LeCun) introduced them: a magic number with the number of dimensions, their sizes (big-endian),
/// the values. Compressed with gzip if the name ends in .gz.
/// </summary>
/// <param name="Sizes">The size of each dimension.</param>
internal sealed record IdxFile(int[] Sizes, byte[] Values)
{
    /// <summary>Zero, zero, the code for unsigned bytes, then the number of dimensions.</summary>
    private const int MagicOfBytes = 0x0800;

    /// <summary>Bytes.</summary>
    private const int FirstPart = 1 << 20;

    /// <param name="dimensions">The required number of dimensions.</param>
    /// <exception cref="TrainingException">It is not such a file (kind Data).</exception>
    public static IdxFile Read(string file, int dimensions)
    {
        using FileStream packed = RegularFile.OpenRead(file, message => DatasetErrors.Bad(message));
        using Stream content = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(packed, CompressionMode.Decompress) : packed;
        try
        {
            return Read(content, file, dimensions);
        }
        catch (EndOfStreamException e)
        {
            throw DatasetErrors.Bad($"\"{file}\" is cut short", e);
        }
        catch (InvalidDataException e)
        {
            throw DatasetErrors.Bad($"\"{file}\" cannot be unpacked: {e.Message}", e);
        }
    }

    private static IdxFile Read(Stream content, string file, int dimensions)
    {
        int magic = ReadNumber(content);
        if (magic != MagicOfBytes + dimensions)
        {
            throw DatasetErrors.Bad($"\"{file}\" begins with 0x{magic:x8}; an idx file of bytes in {dimensions} dimensions begins with 0x{MagicOfBytes + dimensions:x8}");
        }

        int[] sizes = [.. Enumerable.Range(0, dimensions).Select(_ => ReadNumber(content))];
        long length = 1;
        foreach (int size in sizes)
        {
            length = size >= 0 && length <= Array.MaxLength ? length * size : long.MaxValue;
        }

        if (length > Array.MaxLength)
        {
            throw DatasetErrors.Bad($"\"{file}\" claims {string.Join(" × ", sizes.Select(size => (uint)size))} values, more than fit into memory");
        }

        byte[] values = ReadValues(content, (int)length);
        return content.ReadByte() < 0
            ? new IdxFile(sizes, values)
            : throw DatasetErrors.Bad($"\"{file}\" continues after its {length:N0} values ({string.Join(" × ", sizes)})");
    }

    /// <summary>Allocates memory as values arrive, so that a header alone cannot claim gigabytes.</summary>
    private static byte[] ReadValues(Stream content, int length)
    {
        byte[] values = new byte[Math.Min(length, FirstPart)];
        int read = 0;
        while (true)
        {
            content.ReadExactly(values.AsSpan(read));
            read = values.Length;
            if (read == length)
            {
                return values;
            }

            Array.Resize(ref values, (int)Math.Min(length, 2L * read));
        }
    }

    private static int ReadNumber(Stream content)
    {
        Span<byte> number = stackalloc byte[sizeof(int)];
        content.ReadExactly(number);
        return BinaryPrimitives.ReadInt32BigEndian(number);
    }
}
