using Experiments.GpuWorker.Randomness;

namespace Experiments.GpuWorker.Training.Batches;

/// <summary>The part of an image that cutmix replaces, in pixels.</summary>
/// <param name="KeptShare">The share of the pixels outside the box.</param>
internal readonly record struct CutBox(int Left, int Top, int Width, int Height, double KeptShare)
{
    /// <summary>
    /// A box with a random center whose area would leave <paramref name="share"/> of the image; the part outside the image is
    /// cut off, so that more may be left. torchvision's reference training draws it the same way.
    /// </summary>
    /// <param name="side">The height and width of the image.</param>
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
