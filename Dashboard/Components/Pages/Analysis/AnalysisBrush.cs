using System.Globalization;
using Experiments.Dashboard.Components.Charts.Figures;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>The brushed ranges of axes. In the address <c>learningRate:0.001..0.01;model:-0.2..1.2</c>: numbers as they are, categories by index. Pure.</summary>
/// <param name="Axes">The brushed axes by name; ranges in values, not positions.</param>
public sealed record AnalysisBrush(IReadOnlyDictionary<string, IReadOnlyList<(double Low, double High)>> Axes)
{
    /// <summary>Tolerance, since positions passed through JavaScript and a logarithm.</summary>
    private const double Tolerance = 1e-9;

    public static AnalysisBrush None { get; } = new(new Dictionary<string, IReadOnlyList<(double, double)>>());

    public bool IsEmpty => Axes.Count == 0;

    /// <summary>Reads what <see cref="ToText"/> wrote; ignores what it cannot read.</summary>
    public static AnalysisBrush Parse(string? text)
    {
        var axes = new Dictionary<string, IReadOnlyList<(double, double)>>();
        foreach (string part in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            int colon = part.LastIndexOf(':');
            (double, double)[] ranges = colon < 1 ? [] : [.. part[(colon + 1)..].Split(',').Select(ParseRange).OfType<(double, double)>()];
            if (ranges.Length > 0)
            {
                axes[part[..colon]] = ranges;
            }
        }

        return new AnalysisBrush(axes);
    }

    /// <summary>From the chart's ranges, in positions of its axes.</summary>
    public static AnalysisBrush FromChart(IReadOnlyList<AxisBrush> brushed, Func<string, AxisScale> scaleOf)
    {
        double Value(AxisBrush axis, double position) => Round(AnalysisAxis.FromPosition(scaleOf(axis.Name), position));
        return new AnalysisBrush(brushed.Where(axis => axis.Ranges.Count > 0).ToDictionary(
            axis => axis.Name,
            IReadOnlyList<(double, double)> (axis) => [.. axis.Ranges.Select(ends => (Value(axis, ends.Min()), Value(axis, ends.Max())))]));
    }

    /// <summary>Null when nothing is brushed.</summary>
    public string? ToText() => IsEmpty ? null : string.Join(
        ';', Axes.Select(axis => $"{axis.Key}:{string.Join(',', axis.Value.Select(range => FormattableString.Invariant($"{range.Low:R}..{range.High:R}")))}"));

    /// <summary>True if the axis is not brushed, or the value is in a brushed range.</summary>
    public bool Contains(string axis, double value) =>
        !Axes.TryGetValue(axis, out IReadOnlyList<(double Low, double High)>? ranges)
        || ranges.Any(range => value >= range.Low - Slack(range.Low) && value <= range.High + Slack(range.High));

    private static double Slack(double end) => Tolerance * Math.Max(Math.Abs(end), 1e-6);

    private static double Round(double value) => double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static (double, double)? ParseRange(string text)
    {
        string[] ends = text.Split("..");
        return ends.Length == 2
            && double.TryParse(ends[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double low)
            && double.TryParse(ends[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double high)
            && double.IsFinite(low) && double.IsFinite(high) && low <= high
                ? (low, high)
                : null;
    }
}
