namespace Experiments.GpuWorker.Data.Decoding;

/// <summary>Mean and standard deviation of red, green and blue over a set of images, for values in [0, 1].</summary>
public sealed record ChannelStatistics(IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation)
{
    /// <param name="pixels">The number of pixels per channel.</param>
    internal static ChannelStatistics Of(PixelSums sums, long pixels)
    {
        double count = Math.Max(1, (double)pixels) * 255;
        double[] mean = [sums.Values.Red / count, sums.Values.Green / count, sums.Values.Blue / count];
        long[] squares = [sums.Squares.Red, sums.Squares.Green, sums.Squares.Blue];
        double[] deviation = [.. squares.Select((square, channel) => Deviate(square / (count * 255), mean[channel]))];
        return new ChannelStatistics(mean, deviation);
    }

    // Images of a single color have no deviation to divide by.
    private static double Deviate(double meanSquare, double mean)
    {
        double variance = meanSquare - (mean * mean);
        return variance < 1e-9 ? 1 : Math.Sqrt(variance);
    }
}
