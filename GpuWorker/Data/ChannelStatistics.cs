using static TorchSharp.torch;

namespace Experiments.GpuWorker.Data;

/// <summary>Mean and standard deviation of red, green and blue over a set of images, for values in [0, 1].</summary>
public sealed record ChannelStatistics(IReadOnlyList<double> Mean, IReadOnlyList<double> Deviation)
{
    /// <summary>Exact: sums of whole numbers do not depend on the order.</summary>
    /// <param name="pixels">uint8 [N, 3, S, S] in main memory.</param>
    /// <param name="rows">Which of the N.</param>
    internal static ChannelStatistics Of(Tensor pixels, ReadOnlySpan<long> rows)
    {
        long[] sums = new long[3];
        long[] squares = new long[3];
        int plane = (int)(pixels.shape[2] * pixels.shape[3]);
        foreach (long row in rows)
        {
            using Tensor image = pixels[row];
            for (int channel = 0; channel < 3; channel++)
            {
                Add(image.bytes.Slice(channel * plane, plane), ref sums[channel], ref squares[channel]);
            }
        }

        double count = Math.Max(1, (double)rows.Length * plane) * 255;
        double[] mean = [.. sums.Select(sum => sum / count)];
        double[] deviation = [.. squares.Select((square, channel) => Deviate(square / (count * 255), mean[channel]))];
        return new ChannelStatistics(mean, deviation);
    }

    // Images of a single colour have no deviation to divide by.
    private static double Deviate(double meanSquare, double mean)
    {
        double variance = meanSquare - (mean * mean);
        return variance < 1e-9 ? 1 : Math.Sqrt(variance);
    }

    private static void Add(ReadOnlySpan<byte> plane, ref long sum, ref long squares)
    {
        foreach (byte value in plane)
        {
            sum += value;
            squares += value * value;
        }
    }
}
