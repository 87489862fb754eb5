namespace Experiments.Dashboard.Components.Charts;

/// <summary>Metrics that share a chart.</summary>
/// <param name="Title">The shared measure, or the name of a single metric.</param>
public sealed record MetricGroup(string Title, IReadOnlyList<string> Metrics);

/// <summary>Puts the same measure of training, validation and test into one chart.</summary>
public static class MetricGroups
{
    private static readonly string[] Splits = ["validation/", "train/", "test/"];

    public static IReadOnlyList<MetricGroup> Of(IEnumerable<string> metrics) =>
        [.. MetricChoices.Sort(metrics).GroupBy(TitleOf).Select(group => new MetricGroup(group.Key, [.. group]))];

    /// <summary>How the line of a metric is dashed among those of its group: validation, the most important one, is solid.</summary>
    public static int DashOf(string metric) =>
        Math.Max(0, Array.FindIndex(Splits, split => metric.StartsWith(split, StringComparison.Ordinal)));

    private static string TitleOf(string metric) =>
        Array.Find(Splits, split => metric.StartsWith(split, StringComparison.Ordinal)) is { } found ? metric[found.Length..] : metric;
}
