namespace Experiments.Dashboard.Components.Charts;

/// <summary>One chart of a page: a metric and its axes.</summary>
/// <param name="IgnoresOutliers">Whether the y axis leaves out outlier curves, see <see cref="CurveRange"/>.</param>
public sealed record ChartPanel(string Metric, bool LogX = false, bool LogY = false, bool IgnoresOutliers = false)
{
    private const char FlagMark = '~';

    /// <summary>In the address: <c>train/loss~xyo</c>.</summary>
    public string ToText()
    {
        string flags = $"{(LogX ? "x" : "")}{(LogY ? "y" : "")}{(IgnoresOutliers ? "o" : "")}";
        return flags.Length == 0 ? Metric : $"{Metric}{FlagMark}{flags}";
    }

    /// <param name="text">The output of <see cref="ToText"/>; unknown letters are ignored.</param>
    public static ChartPanel Parse(string text)
    {
        int end = text.LastIndexOf(FlagMark);
        string flags = end < 0 ? "" : text[(end + 1)..];
        return new ChartPanel(end < 0 ? text : text[..end], flags.Contains('x', StringComparison.Ordinal), flags.Contains('y', StringComparison.Ordinal), flags.Contains('o', StringComparison.Ordinal));
    }
}
