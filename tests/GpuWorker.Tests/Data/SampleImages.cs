using System.Runtime.InteropServices;
using Experiments.GpuWorker.Data.Decoding;
using SkiaSharp;

namespace Experiments.GpuWorker.Tests.Data;

/// <summary>Writes image files to read back.</summary>
internal static class SampleImages
{
    /// <summary>A file of a single color; the format follows from the name.</summary>
    public static void Write(string path, SKColor color, int width = 40, int height = 30, SKColorType type = SKColorType.Rgba8888)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, type, SKAlphaType.Unpremul));
        bitmap.Erase(color);
        using SKImage image = SKImage.FromBitmap(bitmap);
        using SKData data = image.Encode(Format(path), 95) ?? throw new NotSupportedException(path);
        File.WriteAllBytes(path, data.ToArray());
    }

    /// <summary>A file of these pixels: exactly in PNG and WebP, almost in JPEG.</summary>
    public static void Write(string path, RgbImage picture)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(picture.Width, picture.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        byte[] rgba = new byte[4 * picture.Width * picture.Height];
        for (int from = 0, to = 0; to < rgba.Length; from += 3, to += 4)
        {
            (rgba[to], rgba[to + 1], rgba[to + 2], rgba[to + 3]) = (picture.Pixels[from], picture.Pixels[from + 1], picture.Pixels[from + 2], 255);
        }

        Marshal.Copy(rgba, 0, bitmap.GetPixels(), rgba.Length);
        using SKImage image = SKImage.FromBitmap(bitmap);
        using SKData data = image.Encode(Format(path), 100);
        File.WriteAllBytes(path, data.ToArray());
    }

    /// <summary>A file with a color gradient.</summary>
    public static void WriteGradient(string path, int width, int height)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                bitmap.SetPixel(x, y, new SKColor((byte)(255 * x / width), (byte)(255 * y / height), (byte)(127 * (x + y) / (width + height))));
            }
        }

        using SKImage image = SKImage.FromBitmap(bitmap);
        using SKData data = image.Encode(Format(path), 95);
        File.WriteAllBytes(path, data.ToArray());
    }

    /// <summary>Class folders with the given number of images each, in colors that are easy to distinguish.</summary>
    public static void WriteClasses(TemporaryFolder folder, string prefix, int images, params string[] classes)
    {
        for (int label = 0; label < classes.Length; label++)
        {
            for (int i = 0; i < images; i++)
            {
                Write(folder.File(prefix, classes[label], $"{i}.jpg"), new SKColor((byte)(60 * label), (byte)(20 + (4 * i)), 200));
            }
        }
    }

    /// <summary>A 24-bit BMP of one color; Skia reads the format but does not write it.</summary>
    public static void WriteBmp(string path, SKColor color)
    {
        using var writer = new BinaryWriter(File.Create(path));
        const int Side = 4;
        writer.Write("BM"u8);
        writer.Write(54 + (Side * Side * 3));
        writer.Write(0);
        writer.Write(54);
        writer.Write(40);
        writer.Write(Side);
        writer.Write(Side);
        writer.Write((short)1);
        writer.Write((short)24);
        writer.Write(new byte[24]);
        for (int i = 0; i < Side * Side; i++)
        {
            writer.Write([color.Blue, color.Green, color.Red]);
        }
    }

    /// <summary>An animated GIF of one color per frame, 4×4 pixels; Skia reads the format but does not write it.</summary>
    public static void WriteGif(string path, params SKColor[] frames)
    {
        using var writer = new BinaryWriter(File.Create(path));
        writer.Write("GIF89a"u8);
        writer.Write([4, 0, 4, 0, 0x81, 0, 0]);
        for (int i = 0; i < 4; i++)
        {
            SKColor color = frames[Math.Min(i, frames.Length - 1)];
            writer.Write([color.Red, color.Green, color.Blue]);
        }

        for (int frame = 0; frame < frames.Length; frame++)
        {
            writer.Write([0x21, 0xF9, 4, 0, 10, 0, 0, 0]);
            writer.Write([0x2C, 0, 0, 0, 0, 4, 0, 4, 0, 0]);
            writer.Write([2, .. PackGif(frame)]);
        }

        writer.Write((byte)0x3B);
    }

    /// <summary>16 equal pixels as 3-bit codes, the table cleared before every two so that codes stay that short; one block and the end of blocks.</summary>
    private static byte[] PackGif(int color)
    {
        int[] codes = [.. Enumerable.Range(0, 8).SelectMany(_ => new[] { 4, color, color }), 5];
        var bytes = new byte[((codes.Length * 3) + 7) / 8];
        for (int bit = 0; bit < codes.Length * 3; bit++)
        {
            bytes[bit / 8] |= (byte)(((codes[bit / 3] >> (bit % 3)) & 1) << (bit % 8));
        }

        return [(byte)bytes.Length, .. bytes, 0];
    }

    private static SKEncodedImageFormat Format(string path) => Path.GetExtension(path) switch
    {
        ".jpg" => SKEncodedImageFormat.Jpeg,
        ".png" => SKEncodedImageFormat.Png,
        ".webp" => SKEncodedImageFormat.Webp,
        _ => throw new NotSupportedException(path),
    };
}
