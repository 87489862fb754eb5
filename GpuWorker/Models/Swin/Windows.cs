using TorchSharp;
using static TorchSharp.torch;

namespace Experiments.GpuWorker.Models.Swin;

/// <summary>The square windows of a feature map, row by row.</summary>
/// <param name="Size">Positions per side of a window.</param>
/// <param name="Side">Positions per side of the map, a multiple of <paramref name="Size"/>.</param>
internal sealed record Windows(long Size, long Side)
{
    // Practically 0 after a softmax; torchvision's value.
    private static readonly Scalar Apart = -100f;

    /// <summary>The smallest map that holds a map of <paramref name="side"/> positions per side.</summary>
    public static Windows Around(long side, long size) => new(size, (side + size - 1) / size * size);

    public long PerSide => Side / Size;

    public long Count => PerSide * PerSide;

    /// <summary>[N, Side, Side, C] to [N·Count, Size², C].</summary>
    public Tensor Split(Tensor map)
    {
        using DisposeScope scope = NewDisposeScope();
        return map.view(-1, PerSide, Size, PerSide, Size, map.shape[3])
            .permute(0, 1, 3, 2, 4, 5)
            .reshape(-1, Size * Size, map.shape[3])
            .MoveToOuterDisposeScope();
    }

    /// <summary>[N·Count, Size², C] to [N, Side, Side, C].</summary>
    public Tensor Join(Tensor windows)
    {
        using DisposeScope scope = NewDisposeScope();
        return windows.view(-1, PerSide, PerSide, Size, Size, windows.shape[2])
            .permute(0, 1, 3, 2, 4, 5)
            .reshape(-1, Side, Side, windows.shape[2])
            .MoveToOuterDisposeScope();
    }

    /// <summary>
    /// The mask of a map rolled by <paramref name="shift"/>, which separates positions in one window that are not neighbors,
    /// [Count, 1, Size², Size²], 0 or far below 0.
    /// </summary>
    public Tensor Mask(long shift, Tensor like)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor regions = tensor(Regions(shift), device: like.device).view(1, Side, Side, 1);
        regions = Split(regions).view(Count, 1, Size * Size);
        return regions.unsqueeze(2).ne(regions.unsqueeze(3)).to_type(like.dtype).mul_(Apart).MoveToOuterDisposeScope();
    }

    private long[] Regions(long shift)
    {
        long[] regions = new long[Side * Side];
        for (long i = 0; i < regions.Length; i++)
        {
            regions[i] = (3 * Region(i / Side)) + Region(i % Side);
        }

        return regions;

        long Region(long place) => place < Side - Size ? 0 : place < Side - shift ? 1 : 2;
    }
}
