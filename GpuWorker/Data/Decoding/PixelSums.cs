namespace Experiments.GpuWorker.Data.Decoding;

/// <summary>The sums of the pixels of some images, per channel. Exact: sums of integers do not depend on the order.</summary>
/// <param name="Squares">The sums of the squares.</param>
internal readonly record struct PixelSums((long Red, long Green, long Blue) Values, (long Red, long Green, long Blue) Squares)
{
    /// <param name="planes">One plane after the other: red, green, blue.</param>
    public static PixelSums Of(ReadOnlySpan<byte> planes)
    {
        int plane = planes.Length / 3;
        (long Sum, long Squares) red = Add(planes[..plane]);
        (long Sum, long Squares) green = Add(planes[plane..(2 * plane)]);
        (long Sum, long Squares) blue = Add(planes[(2 * plane)..]);
        return new PixelSums((red.Sum, green.Sum, blue.Sum), (red.Squares, green.Squares, blue.Squares));
    }

    public static PixelSums operator +(PixelSums left, PixelSums right) =>
        new(Add(left.Values, right.Values), Add(left.Squares, right.Squares));

    private static (long Red, long Green, long Blue) Add((long Red, long Green, long Blue) left, (long Red, long Green, long Blue) right) =>
        (left.Red + right.Red, left.Green + right.Green, left.Blue + right.Blue);

    private static (long Sum, long Squares) Add(ReadOnlySpan<byte> plane)
    {
        long sum = 0;
        long squares = 0;
        foreach (byte value in plane)
        {
            sum += value;
            squares += value * value;
        }

        return (sum, squares);
    }
}
