namespace Experiments.GpuWorker.Augmentation.Pixels;

/// <summary>One image in main memory: three planes (red, green, blue) of S×S values in [0, 1].</summary>
/// <param name="pixels">The three planes, one after the other.</param>
/// <param name="scratch">Memory as long as <paramref name="pixels"/>; its content is undefined.</param>
internal readonly ref struct PixelImage(Span<float> pixels, int side, Span<float> scratch)
{
    public Span<float> Pixels { get; } = pixels;

    /// <summary>Pixels a side.</summary>
    public int Side { get; } = side;

    /// <summary>A buffer for an intermediate result of the image's size.</summary>
    public Span<float> Scratch { get; } = scratch;

    public Span<float> Plane(int channel) => Pixels.Slice(channel * Side * Side, Side * Side);

    /// <summary>A copy of the image, for reading while the original is overwritten.</summary>
    public ReadOnlySpan<float> Copy()
    {
        Pixels.CopyTo(Scratch);
        return Scratch;
    }
}
