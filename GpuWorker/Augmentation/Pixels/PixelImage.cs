namespace Experiments.GpuWorker.Augmentation.Pixels;

/// <summary>One image in main memory: three planes (red, green, blue) of S×S values in [0, 1].</summary>
/// <param name="pixels">The three planes, one after the other.</param>
/// <param name="scratch">As long as <paramref name="pixels"/>; holds anything.</param>
internal readonly ref struct PixelImage(Span<float> pixels, int side, Span<float> scratch)
{
    public Span<float> Pixels { get; } = pixels;

    /// <summary>Pixels a side.</summary>
    public int Side { get; } = side;

    /// <summary>Room for an intermediate result as large as the image.</summary>
    public Span<float> Scratch { get; } = scratch;

    public Span<float> Plane(int channel) => Pixels.Slice(channel * Side * Side, Side * Side);

    /// <summary>The image as it is now, copied, for reading while it is overwritten.</summary>
    public ReadOnlySpan<float> Copy()
    {
        Pixels.CopyTo(Scratch);
        return Scratch;
    }
}
