namespace Experiments.GpuWorker.Training.Progress;

/// <summary>The sums of an epoch so far.</summary>
/// <param name="Loss">The sum of the images' losses.</param>
/// <param name="Correct">Images whose class had the highest score.</param>
/// <param name="Seconds">Seconds of training in all attempts.</param>
internal sealed record EpochSums(double Loss, long Correct, long Images, double Seconds)
{
    public static EpochSums Zero { get; } = new(0, 0, 0, 0);

    /// <summary>Per image.</summary>
    public double MeanLoss() => Loss / Images;

    public double Accuracy() => (double)Correct / Images;

    /// <summary>0 if no time was measured.</summary>
    public double ImagesPerSecond() => Seconds > 0 ? Images / Seconds : 0;
}
