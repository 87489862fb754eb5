namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>The scale of a hyperparameter's axis.</summary>
public enum AxisScale
{
    Linear,
    Logarithmic,

    /// <summary>One position per value, evenly spaced.</summary>
    Category,
}

/// <summary>Chooses scales. Pure.</summary>
public static class AxisScales
{
    /// <summary>Values with a smaller range look alike on both scales.</summary>
    private const double LeastRatio = 8;

    /// <summary>
    /// Logarithmic if that spaces the values more evenly; evenly spaced positions if only a zero, which has no logarithm, prevents that.
    /// </summary>
    /// <param name="distinct">In ascending order.</param>
    /// <param name="prefersLogarithmic">The tie-breaker for two values, whose spacing is not informative.</param>
    public static AxisScale OfNumbers(IReadOnlyList<double> distinct, bool prefersLogarithmic)
    {
        if (distinct.Count > 2 && distinct[0] == 0 && OfNumbers([.. distinct.Skip(1)], prefersLogarithmic) == AxisScale.Logarithmic)
        {
            return AxisScale.Category;
        }

        if (distinct.Count < 2 || distinct[0] <= 0 || distinct[^1] / distinct[0] < LeastRatio)
        {
            return AxisScale.Linear;
        }

        bool isLogarithmic = distinct.Count == 2 ? prefersLogarithmic : Unevenness(distinct.Select(number => Math.Log(number))) < Unevenness(distinct);
        return isLogarithmic ? AxisScale.Logarithmic : AxisScale.Linear;
    }

    /// <summary>The standard deviation of the gaps between adjacent values, relative to their mean.</summary>
    private static double Unevenness(IEnumerable<double> values)
    {
        double[] points = [.. values];
        double[] gaps = [.. points.Zip(points.Skip(1), (first, second) => second - first)];
        double mean = gaps.Average();
        return Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean))) / mean;
    }
}
