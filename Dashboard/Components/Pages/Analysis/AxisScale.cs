namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>How the values of a hyperparameter are laid out on an axis.</summary>
public enum AxisScale
{
    Linear,
    Logarithmic,

    /// <summary>One place for each value, evenly spaced.</summary>
    Category,
}

/// <summary>Chooses scales. Pure.</summary>
public static class AxisScales
{
    /// <summary>Values that span less look alike on both scales.</summary>
    private const double LeastRatio = 8;

    /// <summary>
    /// Logarithmic where that spaces the values more evenly; one place for each where only a zero, which has no logarithm, stands against it.
    /// </summary>
    /// <param name="distinct">In ascending order.</param>
    /// <param name="prefersLogarithmic">Decides between two values, whose spacing says nothing.</param>
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

    /// <summary>The standard deviation of the gaps between neighbors, in terms of their mean.</summary>
    private static double Unevenness(IEnumerable<double> values)
    {
        double[] points = [.. values];
        double[] gaps = [.. points.Zip(points.Skip(1), (first, second) => second - first)];
        double mean = gaps.Average();
        return Math.Sqrt(gaps.Average(gap => (gap - mean) * (gap - mean))) / mean;
    }
}
