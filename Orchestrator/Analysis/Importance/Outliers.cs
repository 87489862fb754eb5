namespace Experiments.Orchestrator.Analysis.Importance;

/// <summary>Keeps single runs that went astray from being all that is explained.</summary>
internal static class Outliers
{
    /// <summary>How many interquartile ranges beyond the quartiles Tukey (1977) takes for "far out".</summary>
    private const double FarOut = 3;

    /// <summary>Values beyond the outer fences become the fences: a loss of a million says "diverged", not more.</summary>
    public static IReadOnlyList<double> Fence(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        double low = Quantile(sorted, 0.25);
        double high = Quantile(sorted, 0.75);
        double reach = FarOut * (high - low);

        // Most values are the same: then what differs is all there is to explain.
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
