using System.Buffers;
using System.Runtime.InteropServices;
using SkiaSharp;

namespace Experiments.GpuWorker.Data;

/// <summary>
/// Decodes JPEG, PNG, BMP, WebP and GIF files (the first frame) of any mode to 8-bit RGB: grey is repeated, CMYK and 16-bit are converted, transparency
/// is laid over white. The EXIF orientation is not applied, as torchvision's ImageFolder does not.
/// </summary>
internal static class ImageFileDecoder
{
    /// <summary>Larger images are refused: a small file can claim to be a huge picture.</summary>
    private const long MostPixels = 200_000_000;

    /// <summary>
    /// More pixels than a byte of JPEG, PNG or BMP can stand for: deflate writes at most 1,032 bytes for one, of 8 pixels each. WebP has no such limit.
    /// </summary>
    private const long MostPixelsPerByte = 10_000;

    /// <summary>Reductions that JPEG decoders do fast, by leaving out the finer waves.</summary>
    private static readonly int[] Reductions = [8, 4, 2];

    /// <summary>Decodes at full size.</summary>
    /// <exception cref="CorruptImageException">The file is not a whole image.</exception>
    public static RgbImage Decode(string file) => Decode(Read(file));

    /// <param name="content">Of a file.</param>
    /// <param name="mostPixels">Larger images are refused.</param>
    /// <exception cref="CorruptImageException">It is not a whole image.</exception>
    public static RgbImage Decode(byte[] content, long mostPixels = MostPixels)
    {
        using SKCodec codec = Open(content);
        byte[] rgba = new byte[CheckedSize(codec, content.Length, mostPixels).BytesSize];
        (int width, int height) = Decode(codec, codec.Info.Size, rgba);
        return new RgbImage(width, height, rgba[..(width * height * 3)]);
    }

    /// <summary>
    /// Decodes to a size: a JPEG at a half, a quarter or an eighth of its own where that is still no smaller, then scaled and cropped as
    /// <see cref="ImageResizer"/> does.
    /// </summary>
    /// <param name="side">Pixels a side.</param>
    /// <param name="planes">Where it goes: 3 × side × side bytes, one plane per channel.</param>
    /// <exception cref="CorruptImageException">The file is not a whole image.</exception>
    public static void DecodeTo(string file, int side, Span<byte> planes)
    {
        byte[] content = Read(file);
        using SKCodec codec = Open(content);
        CheckedSize(codec, content.Length, MostPixels);
        int reduction = codec.EncodedFormat == SKEncodedImageFormat.Jpeg ? ReductionOf(codec, side) : 1;
        SKSizeI size = Reduced(codec.Info.Size, reduction);
        byte[] rgba = ArrayPool<byte>.Shared.Rent(size.Width * size.Height * 4);
        try
        {
            (int width, int height) = Decode(codec, size, rgba);
            ImageResizer.Fit(new RgbImage(width, height, rgba), (codec.Info.Width, codec.Info.Height), reduction, side, planes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rgba);
        }
    }

    private static int ReductionOf(SKCodec codec, int side) => Reductions.FirstOrDefault(
        reduction => Math.Min(codec.Info.Width, codec.Info.Height) >= (long)reduction * side
            && codec.GetScaledDimensions(1f / reduction) == Reduced(codec.Info.Size, reduction),
        1);

    private static SKSizeI Reduced(SKSizeI size, int reduction) =>
        new((size.Width + reduction - 1) / reduction, (size.Height + reduction - 1) / reduction);

    private static SKImageInfo CheckedSize(SKCodec codec, int bytes, long mostPixels)
    {
        long pixels = (long)codec.Info.Width * codec.Info.Height;
        if (pixels > mostPixels)
        {
            throw new CorruptImageException($"{codec.Info.Width}×{codec.Info.Height} pixels are more than the {mostPixels:N0} allowed");
        }

        return codec.EncodedFormat == SKEncodedImageFormat.Webp || pixels <= MostPixelsPerByte * bytes
            ? new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul)
            : throw new CorruptImageException($"it claims {codec.Info.Width}×{codec.Info.Height} pixels, more than its {bytes:N0} bytes can hold");
    }

    private static byte[] Read(string file)
    {
        try
        {
            return File.ReadAllBytes(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CorruptImageException($"it cannot be read: {e.Message}", e);
        }
    }

    private static SKCodec Open(byte[] content)
    {
        if (content.Length == 0)
        {
            throw new CorruptImageException("the file is empty");
        }

        using SKData data = SKData.CreateCopy(content);
        return SKCodec.Create(data) ?? throw new CorruptImageException("it is not a JPEG, PNG, BMP, WebP or GIF image");
    }

    /// <summary>Leaves red, green and blue of each pixel in the first three quarters of <paramref name="rgba"/>.</summary>
    private static (int Width, int Height) Decode(SKCodec codec, SKSizeI size, byte[] rgba)
    {
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        SKCodecResult result = GetPixels(codec, info, rgba);
        if (result != SKCodecResult.Success)
        {
            throw new CorruptImageException(result == SKCodecResult.IncompleteInput ? "the file is cut short" : $"decoding failed: {result}");
        }

        LayOverWhite(rgba.AsSpan(0, info.BytesSize));
        return (size.Width, size.Height);
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

    private static void LayOverWhite(Span<byte> rgba)
    {
        for (int from = 0, to = 0; from < rgba.Length; from += 4, to += 3)
        {
            int alpha = rgba[from + 3];
            if (alpha == byte.MaxValue)
            {
                (rgba[to], rgba[to + 1], rgba[to + 2]) = (rgba[from], rgba[from + 1], rgba[from + 2]);
                continue;
            }

            for (int channel = 0; channel < 3; channel++)
            {
                rgba[to + channel] = (byte)(((rgba[from + channel] * alpha) + (255 * (255 - alpha)) + 127) / 255);
            }
        }
    }
}
