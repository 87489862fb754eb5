using Experiments.Contracts.Api;
using Experiments.Contracts.Catalog;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Datasets;

/// <summary>Facts about data sets in words.</summary>
public static class DatasetText
{
    public static string Source(DatasetInfo dataset) =>
        dataset.NeedsPath ? "your folder" : dataset.Download is null ? "built in" : "downloaded, or your folder";

    /// <summary>Width and height, or their range where images differ.</summary>
    public static string Size(DatasetSizes sizes) => $"{Range(sizes.MinWidth, sizes.MaxWidth)}×{Range(sizes.MinHeight, sizes.MaxHeight)}";

    /// <summary>The range of class sizes of a split: <c>180 to 200 per class</c>.</summary>
    public static string Balance(DatasetSplitView split)
    {
        (int least, int most) = (split.Counts.Min(), split.Counts.Max());
        return least == most ? $"{Numbers.Count(least)} per class" : $"{Numbers.Count(least)} to {Numbers.Count(most)} per class";
    }

    private static string Range(int least, int most) => least == most ? Numbers.Count(least) : $"{Numbers.Count(least)}–{Numbers.Count(most)}";
}
