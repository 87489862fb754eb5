namespace Experiments.GpuWorker.Data.Decoding;

/// <summary>The pixels along one axis that each pixel of the result is computed from, and their weights.</summary>
/// <param name="Starts">The first pixel, for each pixel of the result.</param>
/// <param name="Weights">The weights from the first pixel on; they add up to 1.</param>
internal sealed record ResizeAxis(int[] Starts, float[][] Weights)
{
    /// <summary>The range of pixels that are needed: the first, and one past the last.</summary>
    public (int First, int End) Range
    {
        get
        {
            (int low, int high) = Starts[0] <= Starts[^1] ? (0, Starts.Length - 1) : (Starts.Length - 1, 0);
            return (Starts[low], Starts[high] + Weights[high].Length);
        }
    }

    /// <param name="length">Pixels along this axis, of the image at full size.</param>
    /// <param name="shorter">Pixels along the shorter axis, which becomes <paramref name="side"/>; at full size, too.</param>
    /// <param name="reduction">The number of full-size pixels per pixel along this axis; the last one may cover fewer.</param>
    /// <param name="side">Pixels of the result, taken from the middle.</param>
    /// <param name="mirrored">The result is in reverse order. If the middle is half a pixel off, it is that of the mirrored image.</param>
    public static ResizeAxis Create(int length, int shorter, int reduction, int side, bool mirrored = false)
    {
        int resized = (int)((long)length * side / shorter);
        double scale = (double)length / reduction / resized;
        int available = (length + reduction - 1) / reduction;
        int offset = (int)Math.Round((resized - side) / 2.0);
        var axis = new ResizeAxis(new int[side], new float[side][]);
        for (int i = 0; i < side; i++)
        {
            int place = i + offset;
            int pixel = mirrored ? resized - 1 - place : place;
            (axis.Starts[i], axis.Weights[i]) = Triangle((pixel + 0.5) * scale, Math.Max(scale, 1), available);
        }

        return axis;
    }

    private static (int Start, float[] Weights) Triangle(double center, double reach, int length)
    {
        int start = Math.Max(0, (int)(center - reach + 0.5));
        int end = Math.Min(length, (int)(center + reach + 0.5));
        double sum = 0;
        for (int pixel = start; pixel < end; pixel++)
        {
            sum += Weight(pixel, center, reach);
        }

        float[] weights = new float[end - start];
        for (int pixel = start; pixel < end; pixel++)
        {
            weights[pixel - start] = (float)(Weight(pixel, center, reach) / sum);
        }

        return (start, weights);
    }

    private static double Weight(int pixel, double center, double reach) => Math.Max(0, 1 - (Math.Abs(pixel + 0.5 - center) / reach));
}
