namespace Experiments.Dashboard.Components.Charts;

/// <summary>The part of a y axis that shows all curves but outliers: one run at 7,000 would otherwise flatten all others.</summary>
/// <param name="Low">In the terms of the axis: a logarithm where it is logarithmic.</param>
/// <param name="Outside">How many curves reach beyond it.</param>
public sealed record CurveRange(double Low, double High, int Outside)
{
    /// <summary>How many heights of a typical curve beyond its ends are far out; Tukey (1977) takes three interquartile ranges.</summary>
    private const double FarOut = 3;

    /// <summary>Of the axis, above and below.</summary>
    private const double Room = 0.05;

    /// <summary>
    /// What is typical is told by the medians of the curves' ends and heights, so it holds until half of the curves are outliers; of two, the one that keeps lower
    /// is taken to be right. A curve's own spikes do not count, since its ends are quantiles.
    /// </summary>
    /// <returns>Null where nothing lies outside.</returns>
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

    /// <summary>To steps of a hundredth to a tenth of its height: with every live point another range would draw the whole chart anew.</summary>
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
