using System.Globalization;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>The drawing of curves in the address of every page: <c>smooth</c> and <c>x</c>. Pure.</summary>
public static class CurveQuery
{
    private const string TimeAxis = "time";
    private const double MostSmoothing = 0.99;

    /// <param name="smooth">From 0 to below 1; anything else means 0.</param>
    /// <param name="x"><c>time</c>, or else epochs.</param>
    public static CurveView Read(string? smooth, string? x) => new(SmoothingOf(smooth), x == TimeAxis ? CurveX.Time : CurveX.Step);

    /// <summary>The changes to an address; null for defaults.</summary>
    public static (string Key, object? Value)[] Write(CurveView view) =>
    [
        ("smooth", view.Smoothing == 0 ? null : view.Smoothing.ToString("0.##", CultureInfo.InvariantCulture)),
        ("x", view.X == CurveX.Time ? TimeAxis : null),
    ];

    private static double SmoothingOf(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double weight) && double.IsFinite(weight)
            ? Math.Clamp(weight, 0, MostSmoothing)
            : 0;
}
