using System.Buffers.Binary;
using System.Text;

namespace Experiments.GpuWorker.Training.Pretrained.TorchFiles;

/// <summary>The bytes of one pickle, with limits that bound time and memory.</summary>
internal sealed class PickleInput(Stream stream)
{
    /// <summary>A thousand tensors take about 200 KB.</summary>
    private const int MostBytes = 32 << 20;

    private const int LongestLine = 1000;
    private static readonly Encoding Utf8 = new UTF8Encoding(false, throwOnInvalidBytes: true);

    /// <summary>The number of bytes read.</summary>
    public int Position { get; private set; }

    public byte ReadByte()
    {
        Take(1);
        int value = stream.ReadByte();
        return value >= 0 ? (byte)value : throw CutShort();
    }

    public int ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(ReadBytes(2));

    public int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(ReadBytes(4));

    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(ReadBytes(8));

    public double ReadDouble() => BinaryPrimitives.ReadDoubleBigEndian(ReadBytes(8));

    /// <param name="count">The length in the pickle.</param>
    public byte[] ReadBytes(long count)
    {
        Take(count);
        byte[] bytes = new byte[count];
        return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length ? bytes : throw CutShort();
    }

    public string ReadText(long bytes)
    {
        try
        {
            return Utf8.GetString(ReadBytes(bytes));
        }
        catch (DecoderFallbackException e)
        {
            throw new TorchFileException("its pickle is damaged: a text is not UTF-8", e);
        }
    }

    /// <summary>A Python 2 string, one byte per character.</summary>
    public string ReadLatin1(long bytes) => Encoding.Latin1.GetString(ReadBytes(bytes));

    /// <summary>Up to the next line feed, exclusive.</summary>
    public string ReadLine()
    {
        var line = new StringBuilder();
        for (byte value = ReadByte(); value != '\n'; value = ReadByte())
        {
            if (line.Append((char)value).Length > LongestLine)
            {
                throw new TorchFileException("its pickle is damaged: a name does not end");
            }
        }

        return line.ToString();
    }

    private void Take(long count)
    {
        if (count < 0 || count > MostBytes - Position)
        {
            throw new TorchFileException($"its pickle claims more than {MostBytes >> 20} MB: it is damaged or no state dict");
        }

        Position += (int)count;
    }

    private static TorchFileException CutShort() => new("its pickle is cut short");
}
