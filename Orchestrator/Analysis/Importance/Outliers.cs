namespace Experiments.Orchestrator.Analysis.Importance;

/// <summary>Keeps a few outliers from dominating the explanation.</summary>
internal static class Outliers
{
    /// <summary>Tukey's (1977) limit for "far out": this many interquartile ranges beyond the quartiles.</summary>
    private const double FarOut = 3;

    /// <summary>Clamps values to the outer fences: a loss of a million says "diverged", and its size says nothing more.</summary>
    public static IReadOnlyList<double> Fence(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        double low = Quantile(sorted, 0.25);
        double high = Quantile(sorted, 0.75);
        double reach = FarOut * (high - low);

        // Most values are equal: the ones that differ are all there is to explain.
        return reach > 0 ? [.. values.Select(value => Math.Clamp(value, low - reach, high + reach))] : values;
    }

    private static double Quantile(double[] sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        int above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }
}
