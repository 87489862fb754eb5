namespace Experiments.Dashboard.Components.Charts;

/// <summary>The charts of a page in their order, at least one, each of another metric. In the address: <c>validation/accuracy,train/loss~yo</c>. Pure.</summary>
public sealed record PanelList(IReadOnlyList<ChartPanel> Panels)
{
    /// <summary>More charts would take more WebGL contexts than a browser gives to a page.</summary>
    public const int Most = 5;

    private const char Separator = ',';

    public IReadOnlyList<string> Metrics => [.. Panels.Select(panel => panel.Metric)];

    public bool IsFull => Panels.Count >= Most;

    /// <summary>Null for text without a metric.</summary>
    public static PanelList? Parse(string? text)
    {
        ChartPanel[] panels =
        [
            .. (text ?? "").Split(Separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(ChartPanel.Parse).Where(panel => panel.Metric.Length > 0).DistinctBy(panel => panel.Metric).Take(Most),
        ];
        return panels.Length == 0 ? null : new PanelList(panels);
    }

    public string ToText() => string.Join(Separator, Panels.Select(panel => panel.ToText()));

    /// <summary>Appends a metric, or removes it; the last one stays.</summary>
    public PanelList Toggle(string metric) => Metrics.Contains(metric)
        ? Panels.Count == 1 ? this : new PanelList([.. Panels.Where(panel => panel.Metric != metric)])
        : IsFull ? this : new PanelList([.. Panels, new ChartPanel(metric)]);

    /// <summary>Replaces a panel. If another panel already shows the metric, the two swap.</summary>
    public PanelList Replace(ChartPanel old, ChartPanel next) => new(
        [.. Panels.Select(panel => panel == old ? next : panel.Metric == next.Metric ? panel with { Metric = old.Metric } : panel)]);

    /// <summary>Moves a panel forward (negative) or backward by some positions.</summary>
    public PanelList Move(ChartPanel panel, int by)
    {
        List<ChartPanel> moved = [.. Panels];
        int from = moved.IndexOf(panel);
        moved.RemoveAt(from);
        moved.Insert(Math.Clamp(from + by, 0, moved.Count), panel);
        return new PanelList(moved);
    }
}
