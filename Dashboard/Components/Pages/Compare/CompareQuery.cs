using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>Reads lists from the address of a comparison, and limits the points of curves.</summary>
public static class CompareQuery
{
    /// <summary>The most points of a chart: more are not visible and slow the browser down.</summary>
    private const int PointsPerChart = 45_000;
    private const int FewestPoints = 150;
    private const int MostPoints = 1500;

    private static readonly PanelList UsualPanels = new([new ChartPanel(MetricNames.ValidationAccuracy), new ChartPanel(MetricNames.ValidationLoss)]);

    /// <summary>The distinct parts of a list separated by commas.</summary>
    public static IReadOnlyList<string> Split(string? list) =>
        [.. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    /// <summary>The charts of the address, or the default ones.</summary>
    /// <param name="metrics">From links of versions in which all charts shared their axes, like <paramref name="logX"/> and <paramref name="logY"/>.</param>
    public static PanelList Panels(string? panels, string? metrics, bool logX, bool logY) =>
        PanelList.Parse(panels) ?? new PanelList([.. (PanelList.Parse(metrics) ?? UsualPanels).Panels.Select(panel => panel with { LogX = logX, LogY = logY })]);

    /// <summary>The text for the address; null for the default charts.</summary>
    public static string? ToText(PanelList panels) => panels.ToText() is var text && text == UsualPanels.ToText() ? null : text;

    /// <summary>The list with an item toggled; null if it is empty.</summary>
    public static string? Toggle(string? list, string entry)
    {
        IReadOnlyList<string> entries = Split(list);
        string[] next = entries.Contains(entry) ? [.. entries.Where(other => other != entry)] : [.. entries, entry];
        return next.Length == 0 ? null : string.Join(',', next);
    }

    /// <summary>The points to request for each curve.</summary>
    public static int PointsPerCurve(int runs) => Math.Clamp(PointsPerChart / Math.Max(1, runs), FewestPoints, MostPoints);
}
