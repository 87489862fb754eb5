using SkiaSharp;

namespace Experiments.GpuWorker.Data.Decoding;

/// <summary>How to rotate the stored pixels of an image upright: the eight orientations of EXIF (tag 274).</summary>
/// <param name="MirrorsColumns">Stored columns run from right to left.</param>
/// <param name="MirrorsRows">Stored rows run from the bottom up.</param>
/// <param name="Swaps">Stored rows, mirrored or not, are the columns of the upright image.</param>
internal readonly record struct ImageOrientation(bool MirrorsColumns, bool MirrorsRows, bool Swaps)
{
    public static ImageOrientation Upright => default;

    /// <summary>The orientation in the file; upright if it has none.</summary>
    /// <param name="content">The content that the codec reads.</param>
    /// <remarks>Skia ignores PNG files, and numbers that do not have two bytes.</remarks>
    public static ImageOrientation Of(SKCodec codec, ReadOnlySpan<byte> content) => Of(
        codec.EncodedOrigin == SKEncodedOrigin.TopLeft && TiffOrientation.Find(ExifBlock.Find(content)) is { } number ? (SKEncodedOrigin)number : codec.EncodedOrigin);

    /// <summary>The upright image. Shares the given pixels if no rotation is needed.</summary>
    public RgbImage Apply(RgbImage stored)
    {
        if (this == Upright)
        {
            return stored;
        }

        (int width, int height) = Swaps ? (stored.Height, stored.Width) : (stored.Width, stored.Height);
        byte[] pixels = new byte[3 * width * height];
        for (int y = 0; y < stored.Height; y++)
        {
            int row = MirrorsRows ? stored.Height - 1 - y : y;
            for (int x = 0; x < stored.Width; x++)
            {
                int column = MirrorsColumns ? stored.Width - 1 - x : x;
                int target = Swaps ? (column * width) + row : (row * width) + column;
                stored.Pixels.AsSpan(3 * ((y * stored.Width) + x), 3).CopyTo(pixels.AsSpan(3 * target));
            }
        }

        return new RgbImage(width, height, pixels);
    }

    private static ImageOrientation Of(SKEncodedOrigin origin) => origin switch
    {
        SKEncodedOrigin.TopRight => new(true, false, false),
        SKEncodedOrigin.BottomRight => new(true, true, false),
        SKEncodedOrigin.BottomLeft => new(false, true, false),
        SKEncodedOrigin.LeftTop => new(false, false, true),
        SKEncodedOrigin.RightTop => new(false, true, true),
        SKEncodedOrigin.RightBottom => new(true, true, true),
        SKEncodedOrigin.LeftBottom => new(true, false, true),
        _ => Upright,
    };
}
