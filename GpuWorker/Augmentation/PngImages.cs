using SkiaSharp;
using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>Encodes tensors as PNG files.</summary>
internal static class PngImages
{
    /// <param name="images">float32 [N, 3, S, S] in [0, 1].</param>
    public static IReadOnlyList<byte[]> Encode(Tensor images)
    {
        using DisposeScope scope = NewDisposeScope();
        (int count, int side) = ((int)images.shape[0], (int)images.shape[3]);
        Tensor opaque = ones([count, 1, side, side]);
        Tensor levels = (cat([images, opaque], 1) * 255).round_().to_type(ScalarType.Byte).permute(0, 2, 3, 1).contiguous();
        ReadOnlySpan<byte> bytes = levels.bytes;
        var files = new List<byte[]>(count);
        var info = new SKImageInfo(side, side, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int i = 0; i < count; i++)
        {
            using var image = SKImage.FromPixelCopy(info, bytes.Slice(i * info.BytesSize, info.BytesSize), info.RowBytes);
            using SKData png = image.Encode(SKEncodedImageFormat.Png, quality: 100);
            files.Add(png.ToArray());
        }

        return files;
    }
}
