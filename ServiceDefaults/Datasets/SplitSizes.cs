namespace Experiments.ServiceDefaults.Datasets;

/// <summary>The sizes of a data set's splits; the run's seed decides which images are drawn. Pure.</summary>
public static class SplitSizes
{
    /// <summary>The ratio of the limit of training images to that of each other split.</summary>
    private const int LimitShare = 5;

    /// <summary>The number of a class's training images that are held back for validation: at least one, and never all.</summary>
    public static int HeldBack(int images, double fraction) =>
        Math.Clamp((int)Math.Round(images * fraction), Math.Min(1, images - 1), images - 1);

    /// <summary>The most images of the validation split, and of the test split, where a limit is set.</summary>
    public static int Limited(int limit) => Math.Max(1, limit / LimitShare);
}
