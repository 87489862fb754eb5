using Experiments.GpuWorker.Randomness;

namespace Experiments.GpuWorker.Augmentation.Operations;

/// <summary>The strength of each operation at each of 31 steps, which differs between RandAugment and TrivialAugment.</summary>
/// <param name="Shear">The largest shear, as its tangent.</param>
/// <param name="TranslateShare">The largest translation as a share of the side.</param>
/// <param name="TranslatePixels">The largest translation in pixels, added to that.</param>
/// <param name="Degrees">The largest angle.</param>
/// <param name="Factor">The largest difference of a factor from 1.</param>
/// <param name="PosterizedBits">The largest number of bits removed.</param>
internal sealed record MagnitudeSpace(double Shear, double TranslateShare, double TranslatePixels, double Degrees, double Factor, int PosterizedBits)
{
    /// <summary>The number of magnitudes.</summary>
    public const int Steps = 31;

    private static readonly int Operations = Enum.GetValues<MagnitudeOperation>().Length;

    /// <summary>A random operation at a given step, with a random sign if it has one.</summary>
    /// <param name="step">From 0 to <see cref="Steps"/> - 1; null for a random one.</param>
    public OperationDraw Draw(ref CounterRandom random, int? step, int side)
    {
        var operation = (MagnitudeOperation)random.Below(Operations);
        double share = (step ?? random.Below(Steps)) / (Steps - 1.0);
        bool isNegative = random.Below(2) == 1;
        double magnitude = MagnitudeOf(operation, share, side);
        return new OperationDraw(operation, isNegative && IsSigned(operation) ? -magnitude : magnitude);
    }

    /// <param name="share">From 0 to 1.</param>
    public double MagnitudeOf(MagnitudeOperation operation, double share, int side) => operation switch
    {
        MagnitudeOperation.ShearX or MagnitudeOperation.ShearY => Shear * share,
        MagnitudeOperation.TranslateX or MagnitudeOperation.TranslateY => Math.Truncate(((TranslateShare * side) + TranslatePixels) * share),
        MagnitudeOperation.Rotate => Degrees * share,
        MagnitudeOperation.Brightness or MagnitudeOperation.Color or MagnitudeOperation.Contrast or MagnitudeOperation.Sharpness => Factor * share,
        MagnitudeOperation.Posterize => 8 - Math.Round(PosterizedBits * share),
        MagnitudeOperation.Solarize => 1 - share,
        MagnitudeOperation.Identity or MagnitudeOperation.AutoContrast or MagnitudeOperation.Equalize => 0,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "not an operation"),
    };

    private static bool IsSigned(MagnitudeOperation operation) => operation is > MagnitudeOperation.Identity and < MagnitudeOperation.Posterize;
}
