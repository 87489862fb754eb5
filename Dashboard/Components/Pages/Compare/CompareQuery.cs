using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Components.Charts;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>Reads lists out of the address of a comparison, and says how much of curves to ask for.</summary>
public static class CompareQuery
{
    /// <summary>Points of one chart: beyond these a screen shows no more, and browsers begin to drag.</summary>
    private const int PointsPerChart = 45_000;
    private const int FewestPoints = 150;
    private const int MostPoints = 1500;

    private static readonly PanelList UsualPanels = new([new ChartPanel(MetricNames.ValidationAccuracy), new ChartPanel(MetricNames.ValidationLoss)]);

    /// <summary>The parts of a list separated by commas, each once.</summary>
    public static IReadOnlyList<string> Split(string? list) =>
        [.. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    /// <summary>The charts: those of the address, or the usual ones.</summary>
    /// <param name="metrics">As links had it while all charts had the same axes, like <paramref name="logX"/> and <paramref name="logY"/>.</param>
    public static PanelList Panels(string? panels, string? metrics, bool logX, bool logY) =>
        PanelList.Parse(panels) ?? new PanelList([.. (PanelList.Parse(metrics) ?? UsualPanels).Panels.Select(panel => panel with { LogX = logX, LogY = logY })]);

    /// <summary>What to write into the address; null for the usual charts.</summary>
    public static string? ToText(PanelList panels) => panels.ToText() is var text && text == UsualPanels.ToText() ? null : text;

    /// <summary>A list with something added, or taken out where it was in; null for an empty one.</summary>
    public static string? Toggle(string? list, string entry)
    {
        IReadOnlyList<string> entries = Split(list);
        string[] next = entries.Contains(entry) ? [.. entries.Where(other => other != entry)] : [.. entries, entry];
        return next.Length == 0 ? null : string.Join(',', next);
    }

    /// <summary>Points to ask for of each curve.</summary>
    public static int PointsPerCurve(int runs) => Math.Clamp(PointsPerChart / Math.Max(1, runs), FewestPoints, MostPoints);
}
