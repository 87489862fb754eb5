using Experiments.GpuWorker.Training.Randomness;

namespace Experiments.GpuWorker.Augmentation;

/// <summary>How the colours of one image change, and in which order; torchvision's <c>ColorJitter(0.2, 0.2, 0.2, 0.1)</c>.</summary>
/// <param name="Brightness">A factor in [0.8, 1.2).</param>
/// <param name="Contrast">A factor in [0.8, 1.2).</param>
/// <param name="Saturation">A factor in [0.8, 1.2).</param>
/// <param name="Hue">A part of the colour circle in [-0.1, 0.1).</param>
/// <param name="Order">The four changes (0 brightness, 1 contrast, 2 saturation, 3 hue) in the order in which they happen.</param>
internal sealed record ColorDraw(double Brightness, double Contrast, double Saturation, double Hue, int[] Order)
{
    private const double Strength = 0.2;
    private const double HueStrength = 0.1;

    public static ColorDraw Draw(ref CounterRandom random)
    {
        double brightness = random.Between(1 - Strength, 1 + Strength);
        double contrast = random.Between(1 - Strength, 1 + Strength);
        double saturation = random.Between(1 - Strength, 1 + Strength);
        double hue = random.Between(-HueStrength, HueStrength);
        return new ColorDraw(brightness, contrast, saturation, hue, random.Permutation(4));
    }

    /// <summary>The amount of a change by its number.</summary>
    public double Amount(int change) => change switch
    {
        0 => Brightness,
        1 => Contrast,
        2 => Saturation,
        3 => Hue,
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "there are four changes"),
    };
}
