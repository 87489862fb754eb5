using Experiments.GpuWorker.Models.Base;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.Transformers;

/// <summary>The grid of square patches of an image.</summary>
/// <param name="Size">Pixels per side of a patch.</param>
/// <param name="Side">Patches per side of the image.</param>
internal sealed record Patches(int Size, int Side)
{
    /// <summary>Patches for images of about 32 pixels.</summary>
    private const int SmallPatch = 4;

    private const int UsualPatch = 16;

    public int Count => Side * Side;

    /// <summary>The grid whose size in pixels is nearest to the image's.</summary>
    public static Patches Of(ModelShape shape)
    {
        int size = shape.SmallInput ? SmallPatch : UsualPatch;
        return new Patches(size, Math.Max(1, (int)Math.Round((double)shape.ImageSize / size, MidpointRounding.AwayFromZero)));
    }

    /// <summary>Resizes [N, 3, S, S] bilinearly to the size of the grid; returns images of that size unchanged.</summary>
    public Tensor Fit(Tensor images)
    {
        long side = (long)Size * Side;
        return images.shape[2] == side && images.shape[3] == side
            ? images.alias()
            : F.interpolate(images, size: [side, side], mode: InterpolationMode.Bilinear, align_corners: false);
    }
}
