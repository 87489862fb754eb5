namespace Experiments.ServiceDefaults.Datasets;

/// <summary>How many images of a data set go where; which ones, the run's seed decides. Pure.</summary>
public static class SplitSizes
{
    /// <summary>How much smaller than the limit of the training images that of each other split is.</summary>
    private const int LimitShare = 5;

    /// <summary>How many of a class's training images are held back for validation: at least one, and never all.</summary>
    public static int HeldBack(int images, double fraction) =>
        Math.Clamp((int)Math.Round(images * fraction), Math.Min(1, images - 1), images - 1);

    /// <summary>The most images of the validation split, and of the test split, where a limit is set.</summary>
    public static int Limited(int limit) => Math.Max(1, limit / LimitShare);
}
