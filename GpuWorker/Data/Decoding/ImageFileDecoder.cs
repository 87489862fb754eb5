using System.Buffers;
using System.Runtime.InteropServices;
using Experiments.ServiceDefaults.Files;
using SkiaSharp;

namespace Experiments.GpuWorker.Data.Decoding;

/// <summary>
/// Decodes JPEG, PNG, BMP, WebP and GIF files (the first frame) of any mode to 8-bit RGB: gray is repeated, CMYK and 16-bit are converted, transparency is
/// blended with white. Images are upright: unlike in torchvision's ImageFolder, the EXIF orientation is applied, as in viewers.
/// </summary>
internal static class ImageFileDecoder
{
    /// <summary>Larger images are refused: a small file can claim a huge size.</summary>
    public const long MostPixels = 200_000_000;

    /// <summary>
    /// More pixels than a byte of JPEG, PNG or BMP can encode: deflate expands a byte to at most 1,032, of 8 pixels each. WebP has no such limit.
    /// </summary>
    private const long MostPixelsPerByte = 10_000;

    /// <summary>The library supports more, such as icons.</summary>
    private static readonly SKEncodedImageFormat[] Formats =
        [SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Bmp, SKEncodedImageFormat.Webp, SKEncodedImageFormat.Gif];

    /// <summary>Reductions that JPEG decoders do fast, by skipping high frequencies.</summary>
    private static readonly int[] Reductions = [8, 4, 2];

    /// <summary>Decodes at full size.</summary>
    /// <exception cref="CorruptImageException">The file is not a complete image.</exception>
    public static RgbImage Decode(string file) => Decode(Read(file));

    /// <param name="content">The content of a file.</param>
    /// <param name="mostPixels">Larger images are refused.</param>
    /// <exception cref="CorruptImageException">It is not a complete image.</exception>
    public static RgbImage Decode(byte[] content, long mostPixels = MostPixels)
    {
        using SKCodec codec = Open(content);
        Check(codec, content.Length, mostPixels);
        byte[] rgba = new byte[codec.Info.Width * codec.Info.Height * 4];
        (int width, int height) = Decode(codec, codec.Info.Size, rgba);
        return ImageOrientation.Of(codec, content).Apply(new RgbImage(width, height, rgba[..(width * height * 3)]));
    }

    /// <summary>
    /// Decodes to a size: a JPEG at 1/2, 1/4 or 1/8 of its size if that is not too small, then scaled and cropped like
    /// <see cref="ImageResizer"/>.
    /// </summary>
    /// <param name="side">Pixels a side.</param>
    /// <param name="planes">The destination: 3 × side × side bytes, one plane per channel.</param>
    /// <exception cref="CorruptImageException">The file is not a complete image.</exception>
    public static void DecodeTo(string file, int side, Span<byte> planes) => DecodeTo(Read(file), side, planes);

    /// <summary>Like <see cref="DecodeTo(string, int, Span{byte})"/>: training and prediction see the same pixels of a file.</summary>
    /// <param name="content">The content of a file.</param>
    /// <param name="mostDecoded">Images of more pixels are refused, counted after the reduction.</param>
    /// <exception cref="CorruptImageException">It is not a complete image.</exception>
    public static void DecodeTo(byte[] content, int side, Span<byte> planes, long mostDecoded = MostPixels)
    {
        using SKCodec codec = Open(content);
        Check(codec, content.Length, MostPixels);
        int reduction = codec.EncodedFormat == SKEncodedImageFormat.Jpeg ? ReductionOf(codec, side) : 1;
        SKSizeI size = Reduced(codec.Info.Size, reduction);
        RefuseLarge(size, mostDecoded);
        byte[] rgba = ArrayPool<byte>.Shared.Rent(size.Width * size.Height * 4);
        try
        {
            (int width, int height) = Decode(codec, size, rgba);
            var stored = new StoredImage(new RgbImage(width, height, rgba), codec.Info.Width, codec.Info.Height, reduction, ImageOrientation.Of(codec, content));
            ImageResizer.Fit(stored, side, planes);
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

    private static void Check(SKCodec codec, int bytes, long mostPixels)
    {
        RefuseLarge(codec.Info.Size, mostPixels);
        if (codec.EncodedFormat != SKEncodedImageFormat.Webp && (long)codec.Info.Width * codec.Info.Height > MostPixelsPerByte * bytes)
        {
            throw new CorruptImageException($"it claims {codec.Info.Width}×{codec.Info.Height} pixels, more than its {bytes:N0} bytes can hold");
        }
    }

    private static void RefuseLarge(SKSizeI size, long mostPixels)
    {
        if ((long)size.Width * size.Height > mostPixels)
        {
            throw new CorruptImageException($"{size.Width}×{size.Height} pixels are more than the {mostPixels:N0} allowed");
        }
    }

    /// <summary>A pipe or device would block its reader forever; its length is 0.</summary>
    private static byte[] Read(string file)
    {
        if (LinkedFile.Stamp(file).Length == 0)
        {
            throw new CorruptImageException("the file is empty, or not a regular file");
        }

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
        SKCodec? codec = SKCodec.Create(data);
        if (codec is null || Array.IndexOf(Formats, codec.EncodedFormat) < 0)
        {
            codec?.Dispose();
            throw new CorruptImageException(FileContent.DescribeNonImage(content));
        }

        return codec;
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
