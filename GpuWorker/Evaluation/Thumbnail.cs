using System.Runtime.InteropServices;
using Experiments.GpuWorker.Data;
using SkiaSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Evaluation;

/// <summary>Makes small PNG files of images that a model was shown.</summary>
internal static class Thumbnail
{
    /// <summary>Pixels a side; larger images are scaled down to it.</summary>
    private const int LargestSide = 128;

    /// <param name="pixels">uint8 [3, S, S] in main memory.</param>
    public static byte[] Encode(Tensor pixels)
    {
        int side = (int)pixels.shape[2];
        using Tensor rows = pixels.permute(1, 2, 0).contiguous();
        var image = new RgbImage(side, side, rows.bytes.ToArray());
        int shown = Math.Min(side, LargestSide);
        byte[] planes = new byte[3 * shown * shown];
        ImageResizer.Fit(image, shown, planes);
        return Png(planes, shown);
    }

    private static byte[] Png(byte[] planes, int side)
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
            using SKData data = image.Encode(SKEncodedImageFormat.Png, 100);
            return data.ToArray();
        }
        finally
        {
            pinned.Free();
        }
    }
}
