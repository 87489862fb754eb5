using System.Runtime.InteropServices;
using Experiments.GpuWorker.Data.Decoding;
using SkiaSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Evaluation;

/// <summary>Encodes thumbnails of evaluated images and of images in a data set.</summary>
internal static class Thumbnail
{
    /// <summary>Pixels per side; larger images are scaled down to it.</summary>
    private const int LargestSide = 128;
    private const int LargestExact = 64;
    private const int JpegQuality = 85;

    /// <param name="pixels">uint8 [3, S, S] in main memory.</param>
    public static byte[] Encode(Tensor pixels)
    {
        int side = (int)pixels.shape[2];
        using Tensor rows = pixels.permute(1, 2, 0).contiguous();
        return Encode(Fit(new RgbImage(side, side, rows.bytes.ToArray()), LargestSide, out int shown), shown, SKEncodedImageFormat.Png);
    }

    /// <summary>The center of an image of any size and shape: small ones as PNG, since single pixels are visible, larger ones as JPEG, a fifth of the size.</summary>
    /// <param name="largestSide">Pixels per side that a larger image is scaled down to.</param>
    public static byte[] Encode(RgbImage image, int largestSide)
    {
        byte[] planes = Fit(image, largestSide, out int shown);
        return Encode(planes, shown, shown <= LargestExact ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg);
    }

    private static byte[] Fit(RgbImage image, int largestSide, out int shown)
    {
        shown = Math.Min(Math.Min(image.Width, image.Height), largestSide);
        byte[] planes = new byte[3 * shown * shown];
        ImageResizer.Fit(image, shown, planes);
        return planes;
    }

    private static byte[] Encode(byte[] planes, int side, SKEncodedImageFormat format)
    {
        int plane = side * side;
        byte[] rgba = new byte[4 * plane];
        for (int i = 0; i < plane; i++)
        {
            (rgba[4 * i], rgba[(4 * i) + 1], rgba[(4 * i) + 2], rgba[(4 * i) + 3]) = (planes[i], planes[plane + i], planes[(2 * plane) + i], 255);
        }

        GCHandle pinned = GCHandle.Alloc(rgba, GCHandleType.Pinned);
        try
        {
            var info = new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque);
            using SKImage image = SKImage.FromPixelCopy(info, pinned.AddrOfPinnedObject(), side * 4);
            using SKData data = image.Encode(format, format == SKEncodedImageFormat.Jpeg ? JpegQuality : 100);
            return data.ToArray();
        }
        finally
        {
            pinned.Free();
        }
    }
}
