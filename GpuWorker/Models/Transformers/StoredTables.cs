using TorchSharp;
using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace Experiments.GpuWorker.Models.Transformers;

/// <summary>Converts tables of a transformer from one image or patch size to another. Each method returns null if the shapes do not correspond.</summary>
internal static class StoredTables
{
    /// <summary>
    /// A position embedding [1, tokens + side², D] for another side: bicubic with aligned corners, as torchvision's
    /// <c>models.vision_transformer.interpolate_embeddings</c>. The first <paramref name="tokens"/> rows belong to tokens and stay unchanged.
    /// </summary>
    public static Tensor? PositionEmbedding(Tensor stored, long[] shape, int tokens = 1)
    {
        if (stored.shape is not [1, var rows, var width] || shape is not [1, var wantedRows, var wantedWidth] || width != wantedWidth
            || Root(rows - tokens) is not { } side || Root(wantedRows - tokens) is not { } wantedSide)
        {
            return null;
        }

        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor[] parts = stored.split([tokens, rows - tokens], dim: 1);
        Tensor grid = parts[1].transpose(1, 2).reshape(1, width, side, side);
        grid = F.interpolate(grid, size: [wantedSide, wantedSide], mode: InterpolationMode.Bicubic, align_corners: true);
        return cat([parts[0], grid.flatten(2).transpose(1, 2)], dim: 1).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// A table of relative positions [side² + tokens, heads] for another window: bicubic at cell centers, as the authors of Swin and
    /// BEiT fine-tune at other sizes. The last <paramref name="tokens"/> rows belong to tokens and stay unchanged.
    /// </summary>
    public static Tensor? RelativePositions(Tensor stored, long[] shape, int tokens = 0)
    {
        if (stored.shape is not [var rows, var heads] || shape is not [var wantedRows, var wantedHeads] || heads != wantedHeads
            || Root(rows - tokens) is not { } side || Root(wantedRows - tokens) is not { } wantedSide)
        {
            return null;
        }

        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor[] parts = stored.split([rows - tokens, tokens], dim: 0);
        Tensor grid = parts[0].t().reshape(1, heads, side, side);
        grid = F.interpolate(grid, size: [wantedSide, wantedSide], mode: InterpolationMode.Bicubic, align_corners: false);
        return cat([grid.flatten(2).squeeze(0).t(), parts[1]], dim: 0).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The weight [D, 3, P, P] of a patch embedding for patches of another size: bilinear with antialiasing, then scaled by the ratio of the areas, so
    /// that an image resized along with the patches keeps its embedding.
    /// </summary>
    public static Tensor? PatchKernel(Tensor stored, long[] shape)
    {
        if (stored.shape is not [var width, var channels, var size, var height] || shape is not [var wantedWidth, var wantedChannels, var wanted, var wantedHeight]
            || width != wantedWidth || channels != wantedChannels || size != height || wanted != wantedHeight)
        {
            return null;
        }

        using IDisposable unrecorded = no_grad();
        using DisposeScope scope = NewDisposeScope();
        Tensor resized = F.interpolate(
            stored, size: [wanted, wanted], mode: InterpolationMode.Bilinear, align_corners: false, antialias: true);
        return resized.mul_((double)(size * size) / (wanted * wanted)).MoveToOuterDisposeScope();
    }

    private static long? Root(long square)
    {
        long root = (long)Math.Round(Math.Sqrt(Math.Max(0, square)));
        return root > 0 && root * root == square ? root : null;
    }
}
