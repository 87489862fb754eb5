using System.Buffers.Binary;
using Experiments.ServiceDefaults.Files;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Files;

/// <summary>
/// Named tensors and texts in one file of the safetensors format. Reading executes nothing. Files written here carry a checksum of
/// everything in them.
/// </summary>
internal static class SafetensorsFile
{
    private const int LengthBytes = 8;

    /// <summary>The largest header that Python's safetensors reads.</summary>
    private const long LargestHeader = 100_000_000;

    /// <summary>Writes the tensors (on any device) and texts.</summary>
    public static void Write(Stream stream, IEnumerable<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using DisposeScope scope = NewDisposeScope();
        var entries = new List<SafetensorsEntry>();
        var contents = new List<Tensor>();
        long offset = 0;
        foreach ((string name, Tensor tensor) in tensors)
        {
            Tensor content = tensor.detach().cpu().contiguous();
            SafetensorsType type = SafetensorsType.Of(content.dtype);
            long end = offset + (content.numel() * type.Bytes);
            entries.Add(new SafetensorsEntry(name, type, content.shape, offset, end));
            contents.Add(content);
            offset = end;
        }

        var header = new SafetensorsHeader(entries, metadata);
        header = header with { Metadata = SafetensorsChecksum.Add(header, contents) };
        WriteAll(stream, header.Serialize(), contents);
    }

    /// <param name="requireChecksum">True to refuse a file without checksum. An existing checksum must always match.</param>
    /// <exception cref="SafetensorsException">The file is incomplete or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static SafetensorsContent Read(string path, bool requireChecksum)
    {
        using FileStream stream = Open(path);
        return Read(stream, requireChecksum);
    }

    /// <summary>Opens a file to read it more than once.</summary>
    /// <exception cref="SafetensorsException">It is empty, or not a regular file.</exception>
    public static FileStream Open(string path) => RegularFile.OpenRead(path, message => new SafetensorsException(message));

    /// <inheritdoc cref="Read(string, bool)"/>
    /// <param name="stream">The file at its beginning; owned by the caller.</param>
    public static SafetensorsContent Read(FileStream stream, bool requireChecksum)
    {
        SafetensorsHeader header = ReadHeader(stream);
        var content = new SafetensorsContent(header);
        try
        {
            foreach (SafetensorsEntry entry in header.Entries)
            {
                content.Add(entry.Name, ReadTensor(stream, entry));
            }

            SafetensorsChecksum.Verify(header, [.. header.Entries.Select(entry => content[entry.Name])], requireChecksum);
            return content;
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    private static void WriteAll(Stream stream, byte[] header, List<Tensor> contents)
    {
        Span<byte> length = stackalloc byte[LengthBytes];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
        stream.Write(length);
        stream.Write(header);
        foreach (Tensor content in contents)
        {
            stream.Write(content.bytes);
        }
    }

    private static SafetensorsHeader ReadHeader(FileStream stream)
    {
        if (GitLfsPointer.IsAt(stream))
        {
            throw new SafetensorsException(GitLfsPointer.Explanation);
        }

        if (stream.Length < LengthBytes)
        {
            throw new SafetensorsException($"it has only {stream.Length} bytes: it is cut short");
        }

        Span<byte> length = stackalloc byte[LengthBytes];
        stream.ReadExactly(length);
        long headerBytes = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (headerBytes < 0 || headerBytes > Math.Min(LargestHeader, stream.Length - LengthBytes))
        {
            throw new SafetensorsException($"it claims a header of {headerBytes:N0} bytes: it is cut short or not a safetensors file");
        }

        byte[] header = new byte[headerBytes];
        stream.ReadExactly(header);
        return SafetensorsHeader.Parse(header, stream.Length - LengthBytes - headerBytes);
    }

    private static Tensor ReadTensor(FileStream stream, SafetensorsEntry entry)
    {
        Tensor tensor = empty(entry.Shape, entry.Type.Type).DetachFromDisposeScope();
        if (tensor.numel() > 0)
        {
            stream.ReadExactly(tensor.bytes);
        }

        return tensor;
    }
}
