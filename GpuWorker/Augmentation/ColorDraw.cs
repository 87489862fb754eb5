namespace Experiments.GpuWorker.Augmentation;

/// <summary>The color changes of one image, and their order.</summary>
/// <param name="Brightness">A factor.</param>
/// <param name="Contrast">A factor.</param>
/// <param name="Saturation">A factor.</param>
/// <param name="Hue">A fraction of the color circle.</param>
/// <param name="Order">
/// The four changes (0 brightness, 1 contrast, 2 saturation, 3 hue) in the order in which they happen, two bits for each, the first in the lowest.
/// </param>
internal readonly record struct ColorDraw(double Brightness, double Contrast, double Saturation, double Hue, int Order)
{
    /// <summary>The number of changes.</summary>
    public const int Changes = 4;

    /// <summary>The number of the change at a step, from 0.</summary>
    public int ChangeAt(int step) => (Order >> (2 * step)) & 3;

    /// <summary>The amount of a change by its number.</summary>
    public double Amount(int change) => change switch
    {
        0 => Brightness,
        1 => Contrast,
        2 => Saturation,
        3 => Hue,
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "there are four changes"),
    };

    public static int Pack(ReadOnlySpan<int> order)
    {
        int packed = 0;
        for (int step = 0; step < order.Length; step++)
        {
            packed |= order[step] << (2 * step);
        }

        return packed;
    }
}
