using System.Buffers.Binary;

namespace Experiments.GpuWorker.Tests.Data.Decoding;

/// <summary>Puts an EXIF orientation into image files, as cameras and their software do.</summary>
internal static class ExifFiles
{
    /// <summary>The position of an upright pixel in the stored image, for orientations 1 to 8; W and H are the stored size.</summary>
    private static readonly Func<(int X, int Y), (int W, int H), (int X, int Y)>[] Places =
    [
        (up, _) => (up.X, up.Y),
        (up, size) => (size.W - 1 - up.X, up.Y),
        (up, size) => (size.W - 1 - up.X, size.H - 1 - up.Y),
        (up, size) => (up.X, size.H - 1 - up.Y),
        (up, _) => (up.Y, up.X),
        (up, size) => (up.Y, size.H - 1 - up.X),
        (up, size) => (size.W - 1 - up.Y, size.H - 1 - up.X),
        (up, size) => (size.W - 1 - up.Y, up.X),
    ];

    /// <summary>The stored position of an upright pixel.</summary>
    /// <param name="orientation">1 to 8.</param>
    /// <param name="up">In the upright image.</param>
    /// <param name="upright">Width and height of the upright image.</param>
    public static (int X, int Y) StoredPlace(int orientation, (int X, int Y) up, (int W, int H) upright) =>
        Places[orientation - 1](up, orientation >= 5 ? (upright.H, upright.W) : upright);

    /// <param name="content">A JPEG, PNG or WebP file without EXIF.</param>
    public static byte[] Orient(byte[] content, int orientation, int width, int height) => Orient(content, Tiff(3, [0, (byte)orientation, 0, 0]), width, height);

    /// <summary>Like <see cref="Orient(byte[], int, int, int)"/>, with a value of four bytes, which some programs write against the standard.</summary>
    public static byte[] OrientInFourBytes(byte[] content, int orientation, int width, int height) =>
        Orient(content, Tiff(4, [0, 0, 0, (byte)orientation]), width, height);

    private static byte[] Orient(byte[] content, byte[] tiff, int width, int height) => content switch
    {
        [0xFF, 0xD8, ..] => [.. content[..2], 0xFF, 0xE1, .. Big16(2 + 6 + tiff.Length), .. "Exif\0\0"u8, .. tiff, .. content[2..]],
        [0x89, ..] => [.. content[..33], .. PngChunk(tiff), .. content[33..]],
        _ => WebP(content, tiff, width, height),
    };

    private static byte[] Tiff(byte type, byte[] value) => [.. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, type, 0, 0, 0, 1, .. value, 0, 0, 0, 0];

    private static byte[] PngChunk(byte[] data)
    {
        byte[] named = [.. "eXIf"u8, .. data];
        return [.. Big32((uint)data.Length), .. named, .. Big32(Crc32(named))];
    }

    private static byte[] WebP(byte[] content, byte[] exif, int width, int height)
    {
        byte[] chunks =
        [
            .. "WEBP"u8, .. "VP8X"u8, 10, 0, 0, 0, 0x08, 0, 0, 0, .. Little24(width - 1), .. Little24(height - 1), .. content[12..],
            .. "EXIF"u8, (byte)exif.Length, 0, 0, 0, .. exif,
        ];
        byte[] size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, chunks.Length);
        return [.. "RIFF"u8, .. size, .. chunks];
    }

    private static uint Crc32(byte[] data)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }

    private static byte[] Big16(int value) => [(byte)(value >> 8), (byte)value];

    private static byte[] Big32(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];

    private static byte[] Little24(int value) => [(byte)value, (byte)(value >> 8), (byte)(value >> 16)];
}
