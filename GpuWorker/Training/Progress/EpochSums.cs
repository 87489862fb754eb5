namespace Experiments.GpuWorker.Training.Progress;

/// <summary>What an epoch has added up to so far.</summary>
/// <param name="Loss">The sum of the images' losses.</param>
/// <param name="Correct">Images whose class was the likeliest one.</param>
/// <param name="Seconds">Of training, over all attempts.</param>
internal sealed record EpochSums(double Loss, long Correct, long Images, double Seconds)
{
    public static EpochSums Zero { get; } = new(0, 0, 0, 0);

    /// <summary>Per image.</summary>
    public double MeanLoss() => Loss / Images;

    public double Accuracy() => (double)Correct / Images;

    /// <summary>0 where no time was measured.</summary>
    public double ImagesPerSecond() => Seconds > 0 ? Images / Seconds : 0;
}
