using System.Runtime.InteropServices;
using SkiaSharp;

namespace Experiments.GpuWorker.Data;

/// <summary>
/// Decodes JPEG, PNG, BMP and WebP files of any mode to 8-bit RGB: grey is repeated, CMYK and 16-bit are converted, transparency
/// is laid over white. The EXIF orientation is not applied, as torchvision's ImageFolder does not.
/// </summary>
internal static class ImageFileDecoder
{
    /// <summary>Larger images are refused: a small file can claim to be a huge picture.</summary>
    private const long MostPixels = 200_000_000;

    /// <exception cref="CorruptImageException">The file is not a whole image.</exception>
    public static RgbImage Decode(string file)
    {
        using SKCodec codec = Open(file);
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        if ((long)info.Width * info.Height > MostPixels)
        {
            throw new CorruptImageException($"{info.Width}×{info.Height} pixels are more than the {MostPixels:N0} allowed");
        }

        byte[] rgba = new byte[info.BytesSize];
        SKCodecResult result = GetPixels(codec, info, rgba);
        return result == SKCodecResult.Success
            ? new RgbImage(info.Width, info.Height, OverWhite(rgba))
            : throw new CorruptImageException(result == SKCodecResult.IncompleteInput ? "the file is cut short" : $"decoding failed: {result}");
    }

    private static SKCodec Open(string file)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CorruptImageException($"it cannot be read: {e.Message}", e);
        }

        if (content.Length == 0)
        {
            throw new CorruptImageException("the file is empty");
        }

        using SKData data = SKData.CreateCopy(content);
        return SKCodec.Create(data) ?? throw new CorruptImageException("it is not a JPEG, PNG, BMP or WebP image");
    }

    private static SKCodecResult GetPixels(SKCodec codec, SKImageInfo info, byte[] rgba)
    {
        GCHandle pinned = GCHandle.Alloc(rgba, GCHandleType.Pinned);
        try
        {
            return codec.GetPixels(info, pinned.AddrOfPinnedObject());
        }
        finally
        {
            pinned.Free();
        }
    }

    private static byte[] OverWhite(byte[] rgba)
    {
        byte[] rgb = new byte[rgba.Length / 4 * 3];
        for (int from = 0, to = 0; from < rgba.Length; from += 4, to += 3)
        {
            int alpha = rgba[from + 3];
            for (int channel = 0; channel < 3; channel++)
            {
                rgb[to + channel] = (byte)(((rgba[from + channel] * alpha) + (255 * (255 - alpha)) + 127) / 255);
            }
        }

        return rgb;
    }
}
