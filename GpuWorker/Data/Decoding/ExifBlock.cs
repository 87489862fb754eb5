using System.Buffers.Binary;

namespace Experiments.GpuWorker.Data.Decoding;

/// <summary>Finds the EXIF data of a JPEG, PNG or WebP file. Malformed files have none.</summary>
internal static class ExifBlock
{
    /// <summary>Length and name before the content, a checksum after it.</summary>
    private const int ChunkOverhead = 12;
    private const int PngStart = 8;
    private const int WebPStart = 12;
    private const int JpegStart = 2;
    private const byte App1 = 0xE1;
    private const byte StartOfScan = 0xDA;

    private static ReadOnlySpan<byte> Prefix => "Exif\0\0"u8;

    /// <returns>A TIFF header and its directories; empty if there is none.</returns>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> found = file.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P']) ? FindInPng(file)
            : file.StartsWith("RIFF"u8) ? FindInWebP(file)
            : file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8]) ? FindInJpeg(file)
            : [];
        return found.StartsWith(Prefix) ? found[Prefix.Length..] : found;
    }

    private static ReadOnlySpan<byte> FindInPng(ReadOnlySpan<byte> png)
    {
        for (int at = PngStart; at + ChunkOverhead <= png.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(png[at..]);
            if (length > png.Length - at - ChunkOverhead)
            {
                return [];
            }

            if (png.Slice(at + 4, 4).SequenceEqual("eXIf"u8))
            {
                return png.Slice(at + 8, (int)length);
            }

            at += ChunkOverhead + (int)length;
        }

        return [];
    }

    private static ReadOnlySpan<byte> FindInWebP(ReadOnlySpan<byte> webP)
    {
        for (int at = WebPStart; at + 8 <= webP.Length;)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(webP[(at + 4)..]);
            if (length > webP.Length - at - 8)
            {
                return [];
            }

            if (webP.Slice(at, 4).SequenceEqual("EXIF"u8))
            {
                return webP.Slice(at + 8, (int)length);
            }

            // Chunks begin at even offsets.
            at += 8 + (int)length + ((int)length & 1);
        }

        return [];
    }

    private static ReadOnlySpan<byte> FindInJpeg(ReadOnlySpan<byte> jpeg)
    {
        for (int at = JpegStart; at + 4 <= jpeg.Length && jpeg[at] == 0xFF && jpeg[at + 1] != StartOfScan;)
        {
            if (jpeg[at + 1] == 0xFF)
            {
                at++;
                continue;
            }

            int length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (length < 2 || length > jpeg.Length - at - 2)
            {
                return [];
            }

            ReadOnlySpan<byte> content = jpeg.Slice(at + 4, length - 2);
            if (jpeg[at + 1] == App1 && content.StartsWith(Prefix))
            {
                return content;
            }

            at += 2 + length;
        }

        return [];
    }
}
