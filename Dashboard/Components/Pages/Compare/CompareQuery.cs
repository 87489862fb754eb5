using Experiments.Contracts.Metrics;

namespace Experiments.Dashboard.Components.Pages.Compare;

/// <summary>Reads lists out of the address of a comparison, and says how much of curves to ask for.</summary>
public static class CompareQuery
{
    /// <summary>More charts would take more WebGL contexts than a browser gives to a page.</summary>
    public const int MostCharts = 5;

    /// <summary>Points of one chart: beyond these a screen shows no more, and browsers begin to drag.</summary>
    private const int PointsPerChart = 45_000;
    private const int FewestPoints = 150;
    private const int MostPoints = 1500;

    private static readonly string[] UsualMetrics = [MetricNames.ValidationAccuracy, MetricNames.ValidationLoss];

    /// <summary>The parts of a list separated by commas, each once.</summary>
    public static IReadOnlyList<string> Split(string? list) =>
        [.. (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()];

    /// <summary>The metrics to draw: those of the address, or the usual ones.</summary>
    public static IReadOnlyList<string> Metrics(string? list) => Split(list) is { Count: > 0 } chosen ? [.. chosen.Take(MostCharts)] : UsualMetrics;

    /// <summary>What to write into the address when <paramref name="metric"/> is switched; null for the usual ones.</summary>
    public static string? Toggle(IReadOnlyList<string> metrics, string metric)
    {
        string[] next = metrics.Contains(metric) ? [.. metrics.Where(name => name != metric)] : [.. metrics, metric];
        return next.Length == 0 || next.SequenceEqual(UsualMetrics) ? null : string.Join(',', next);
    }

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
