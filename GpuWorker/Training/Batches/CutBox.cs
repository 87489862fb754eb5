using Experiments.GpuWorker.Randomness;

namespace Experiments.GpuWorker.Training.Batches;

/// <summary>The part of an image that cutmix replaces, in pixels.</summary>
/// <param name="KeptShare">The share of the pixels outside of the box.</param>
internal readonly record struct CutBox(int Left, int Top, int Width, int Height, double KeptShare)
{
    /// <summary>
    /// A box with a random centre whose area would leave <paramref name="share"/> of the image; what of it lies outside of the image is
    /// cut off, so that more may be left. torchvision's reference training draws it so.
    /// </summary>
    /// <param name="side">Of the image.</param>
    public static CutBox Draw(ref CounterRandom random, int side, double share)
    {
        int x = random.Below(side);
        int y = random.Below(side);
        int half = (int)(0.5 * Math.Sqrt(1 - share) * side);
        int left = Math.Max(x - half, 0);
        int top = Math.Max(y - half, 0);
        int width = Math.Min(x + half, side) - left;
        int height = Math.Min(y + half, side) - top;
        return new CutBox(left, top, width, height, 1 - ((double)width * height / ((double)side * side)));
    }
}
