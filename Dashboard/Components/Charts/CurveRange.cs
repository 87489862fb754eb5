namespace Experiments.Dashboard.Components.Charts;

/// <summary>The range of a y axis without outlier curves: one run at 7,000 would flatten all others.</summary>
/// <param name="Low">In axis units: a logarithm on a logarithmic axis.</param>
/// <param name="Outside">The number of curves that exceed it.</param>
public sealed record CurveRange(double Low, double High, int Outside)
{
    /// <summary>A curve is far out beyond this many heights of a typical curve; Tukey (1977) uses three interquartile ranges.</summary>
    private const double FarOut = 3;

    /// <summary>The padding of the axis above and below.</summary>
    private const double Room = 0.05;

    /// <summary>
    /// The medians of the curves' ends and heights are typical, which holds while less than half of the curves are outliers. Of two curves, the lower one
    /// counts as typical. Spikes of a curve do not matter, since its ends are quantiles.
    /// </summary>
    /// <returns>Null if no value is outside.</returns>
    public static CurveRange? Of(IEnumerable<Curve> curves, bool isLog)
    {
        CurveExtent[] extents = [.. curves.Select(curve => curve.Extent(isLog)).OfType<CurveExtent>()];
        if (extents.Length == 0)
        {
            return null;
        }

        double high = LowerMedian(extents.Select(extent => extent.High));
        double low = LowerMedian(extents.Select(extent => extent.Low));
        double height = LowerMedian(extents.Select(extent => extent.High - extent.Low));
        double reach = FarOut * (height > 0 ? height : Spread([.. extents.Select(extent => extent.High)]));
        (double floor, double ceiling) = (low - reach, high + reach);
        int outside = extents.Count(extent => extent.Min < floor || extent.Max > ceiling);
        return outside == 0 ? null : Rounded(
            extents.Where(extent => extent.Low >= floor).Min(extent => extent.Min >= floor ? extent.Min : extent.Low),
            extents.Where(extent => extent.High <= ceiling).Max(extent => extent.Max <= ceiling ? extent.Max : extent.High),
            outside);
    }

    /// <summary>Rounds to steps of a hundredth to a tenth of the height, since a new range for every live point would redraw the whole chart.</summary>
    private static CurveRange Rounded(double low, double high, int outside)
    {
        double height = high > low ? high - low : Math.Max(Math.Abs(high), 1e-6);
        double step = Math.Pow(10, Math.Floor(Math.Log10(height)) - 1);
        return new CurveRange(
            Math.Floor((low - (Room * height)) / step) * step, Math.Ceiling((high + (Room * height)) / step) * step, outside);
    }

    private static double LowerMedian(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[(sorted.Length - 1) / 2] : 0;

    /// <summary>Between the quartiles.</summary>
    private static double Spread(double[] values)
    {
        Array.Sort(values);
        return values[values.Length * 3 / 4] - values[values.Length / 4];
    }
}
