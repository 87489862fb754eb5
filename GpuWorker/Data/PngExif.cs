using System.Buffers.Binary;

namespace Experiments.GpuWorker.Data;

/// <summary>Finds the orientation in the eXIf chunk of a PNG file, which Skia does not look at. Trusts nothing: what is not as it should be says nothing.</summary>
internal static class PngExif
{
    private const ushort OrientationTag = 274;

    /// <summary>Length, name, and a checksum behind the content.</summary>
    private const int ChunkOverhead = 12;
    private const int SignatureLength = 8;
    private const int EntryLength = 12;

    /// <returns>1 to 8 where the file says so; else null.</returns>
    public static int? FindOrientation(ReadOnlySpan<byte> png)
    {
        for (int at = SignatureLength; at + ChunkOverhead <= png.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(png[at..]);
            if (length > png.Length - at - ChunkOverhead)
            {
                return null;
            }

            if (png.Slice(at + 4, 4).SequenceEqual("eXIf"u8))
            {
                return ReadOrientation(png.Slice(at + 8, (int)length));
            }

            at += ChunkOverhead + (int)length;
        }

        return null;
    }

    /// <param name="tiff">A TIFF header and its first directory.</param>
    private static int? ReadOrientation(ReadOnlySpan<byte> tiff)
    {
        bool isBig = tiff.StartsWith("MM\0*"u8);
        if (tiff.Length < 8 || !(isBig || tiff.StartsWith("II*\0"u8)))
        {
            return null;
        }

        uint start = isBig ? BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]);
        if (start > tiff.Length - 2)
        {
            return null;
        }

        ReadOnlySpan<byte> directory = tiff[(int)start..];
        int entries = Short(directory, isBig);
        for (int at = 2; entries > 0 && at + EntryLength <= directory.Length; at += EntryLength, entries--)
        {
            if (Short(directory[at..], isBig) == OrientationTag)
            {
                return Short(directory[(at + 8)..], isBig) is >= 1 and <= 8 and var orientation ? orientation : null;
            }
        }

        return null;
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
