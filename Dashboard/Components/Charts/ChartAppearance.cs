using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>The appearance of a chart, apart from its lines.</summary>
/// <param name="StepName">What its x axis counts: epochs or iterations.</param>
/// <param name="FlatAt">The value of a flat chart, for which Plotly would otherwise show a range of one to both sides.</param>
/// <param name="WebGl">
/// Draws with WebGL, for very many points. A browser has about 16 contexts and each such chart takes three; without a GPU
/// it takes several times as long as SVG.
/// </param>
public sealed record ChartAppearance(string Metric, string StepName, bool Dark, bool LogScale, bool WebGl, bool Markers, bool UnitTicks, bool IsEmpty, bool IsCrowded, double? FlatAt)
{
    public CurveView View { get; init; } = CurveView.Plain;

    /// <summary>The range of the y axis without outliers; null for all values.</summary>
    public CurveRange? Range { get; init; }

    /// <summary>The unit of a time axis; null for an axis of steps.</summary>
    public TimeUnit? Unit { get; init; }

    /// <summary>The unit of a y axis of bytes; null for other values.</summary>
    public ByteUnit? Size { get; init; }

    /// <summary>What the points sent to the browser depend on, in addition to the curves; compared by value.</summary>
    public (string Metric, CurveView View, TimeUnit? Unit, ByteUnit? Size) PointsKey => (Metric, View, Unit, Size);

    /// <summary>The title of the x axis.</summary>
    public string XName => Unit?.Name ?? StepName;

    private const int PointsForWebGl = 250_000;
    private const int PointsForMarkers = 40;
    private const int StepsForUnitTicks = 12;
    private const int LinesForCrowd = 40;

    public static ChartAppearance For(string metric, string stepName, IReadOnlyList<ChartLine> lines, bool dark, bool logScale, CurveView? view = null, bool ignoresOutliers = false)
    {
        CurveView shown = view ?? CurveView.Plain;
        int longest = lines.Count == 0 ? 0 : lines.Max(line => line.Curve.Points.Count);
        long furthest = lines.Max(line => line.Curve.Points.Count == 0 ? 0 : (long?)line.Curve.Points[^1].Step) ?? 0;
        return new ChartAppearance(
            metric,
            stepName,
            dark,
            logScale,
            WebGl: lines.Sum(line => line.Curve.Points.Count) > PointsForWebGl,
            Markers: longest <= PointsForMarkers,
            UnitTicks: shown is { X: CurveX.Step, LogX: false } && furthest <= StepsForUnitTicks,
            IsEmpty: longest == 0,
            IsCrowded: lines.Count(line => line.Part == LinePart.Curve) > LinesForCrowd,
            FlatAt: FlatValue(lines))
        {
            View = shown,
            Range = ignoresOutliers ? CurveRange.Of(lines.Where(line => line.Part == LinePart.Curve).Select(line => line.Curve), logScale) : null,
            Unit = shown.X == CurveX.Time ? TimeUnit.For(LongestTime(lines)) : null,
            Size = MetricNames.IsBytes(metric) ? ByteUnit.For(lines.SelectMany(line => line.Curve.Points).Select(point => point.Value).DefaultIfEmpty().Max()) : null,
        };
    }

    private static double LongestTime(IReadOnlyList<ChartLine> lines) => lines
        .Where(line => line.Curve.Points.Count > 0)
        .Select(line => (line.Curve.Points[^1].Time - (line.Start ?? line.Curve.Points[0].Time)).TotalSeconds)
        .DefaultIfEmpty()
        .Max();

    /// <summary>The common value of all points; null if there are several or none.</summary>
    private static double? FlatValue(IReadOnlyList<ChartLine> lines)
    {
        double? flat = null;
        foreach (double value in lines.SelectMany(line => line.Curve.Points).Select(point => point.Value))
        {
            if (flat is { } seen && seen != value)
            {
                return null;
            }

            flat = value;
        }

        return flat;
    }
}
