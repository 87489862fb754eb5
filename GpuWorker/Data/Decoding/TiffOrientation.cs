using System.Buffers.Binary;

namespace Experiments.GpuWorker.Data.Decoding;

/// <summary>
/// Reads the orientation (tag 274) of EXIF data, which has the format of a TIFF file. The standard requires two bytes; some programs write four
/// or one, which Pillow reads and Skia ignores. Malformed data is ignored.
/// </summary>
internal static class TiffOrientation
{
    private const ushort Tag = 274;
    private const int EntryLength = 12;
    private const ushort OneByte = 1;
    private const ushort TwoBytes = 3;
    private const ushort FourBytes = 4;

    /// <param name="tiff">A header and its first directory.</param>
    /// <returns>1 to 8, or null if there is no valid orientation.</returns>
    public static int? Find(ReadOnlySpan<byte> tiff)
    {
        bool isBig = tiff.StartsWith("MM\0*"u8);
        if (tiff.Length < 8 || !(isBig || tiff.StartsWith("II*\0"u8)))
        {
            return null;
        }

        uint start = Long(tiff[4..], isBig);
        if (start > tiff.Length - 2)
        {
            return null;
        }

        ReadOnlySpan<byte> directory = tiff[(int)start..];
        int entries = Short(directory, isBig);
        for (int at = 2; entries > 0 && at + EntryLength <= directory.Length; at += EntryLength, entries--)
        {
            ReadOnlySpan<byte> entry = directory.Slice(at, EntryLength);
            if (Short(entry, isBig) == Tag)
            {
                return Value(Short(entry[2..], isBig), entry[8..], isBig) is >= 1 and <= 8 and var orientation ? (int)orientation : null;
            }
        }

        return null;
    }

    private static uint Value(ushort type, ReadOnlySpan<byte> bytes, bool isBig) => type switch
    {
        OneByte => bytes[0],
        TwoBytes => Short(bytes, isBig),
        FourBytes => Long(bytes, isBig),
        _ => 0,
    };

    private static ushort Short(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint Long(ReadOnlySpan<byte> bytes, bool isBig) =>
        isBig ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
