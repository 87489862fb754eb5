using SkiaSharp;

namespace Experiments.GpuWorker.Tests.Data;

/// <summary>Writes image files to read back.</summary>
internal static class SampleImages
{
    /// <summary>A file of a single colour; the format follows from the name.</summary>
    public static void Write(string path, SKColor color, int width = 40, int height = 30, SKColorType type = SKColorType.Rgba8888)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, type, SKAlphaType.Unpremul));
        bitmap.Erase(color);
        using SKImage image = SKImage.FromBitmap(bitmap);
        using SKData data = image.Encode(Format(path), 95) ?? throw new NotSupportedException(path);
        File.WriteAllBytes(path, data.ToArray());
    }

    /// <summary>A file of smoothly changing colours.</summary>
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

    /// <summary>Class folders with so many images each, of colours that are easy to tell apart.</summary>
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

    /// <summary>A 24-bit BMP of one colour; Skia reads the format but does not write it.</summary>
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

    private static SKEncodedImageFormat Format(string path) => Path.GetExtension(path) switch
    {
        ".jpg" => SKEncodedImageFormat.Jpeg,
        ".png" => SKEncodedImageFormat.Png,
        ".webp" => SKEncodedImageFormat.Webp,
        _ => throw new NotSupportedException(path),
    };
}
