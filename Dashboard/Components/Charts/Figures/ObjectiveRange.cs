
using Experiments.Contracts.Metrics;

namespace Experiments.Dashboard.Components.Charts.Figures;

/// <summary>The range of objective values that colors and axes distinguish.</summary>
/// <param name="Worst">Worse values look like this one.</param>
/// <param name="Clipped">How many are worse.</param>
public sealed record ObjectiveRange(double Worst, double Best, int Clipped)
{
    /// <summary>Tukey's (1977) limit for "far out": interquartile ranges beyond the quartile.</summary>
    private const double FarOut = 3;

    /// <summary>From the best value to the worst that is not far out, so that a diverged run does not make all others look the same.</summary>
    /// <param name="values">At least one.</param>
    public static ObjectiveRange Of(IReadOnlyList<double> values, Goal goal)
    {
        // Negated if needed, so that larger is better.
        double sign = goal == Goal.Maximize ? 1 : -1;
        double[] sorted = [.. values.Select(value => sign * value).Order()];
        double low = sorted[sorted.Length / 4];
        double high = sorted[sorted.Length * 3 / 4];
        double fence = high > low ? low - (FarOut * (high - low)) : sorted[0];
        int clipped = sorted.TakeWhile(value => value < fence).Count();
        return new ObjectiveRange(sign * sorted[clipped], sign * sorted[^1], clipped);
    }

    /// <summary>From 0, the worst, to 1, the best.</summary>
    public double Goodness(double value) => Worst == Best ? 1 : Math.Clamp((value - Worst) / (Best - Worst), 0, 1);

    /// <summary>The value, or <see cref="Worst"/> for one that is far out: a single one of those would dominate a mean.</summary>
    public double Fence(double value) => Math.Clamp(value, Math.Min(Worst, Best), Math.Max(Worst, Best));

    /// <summary>The ends of an axis for it, with some padding.</summary>
    public (double Low, double High) Axis()
    {
        (double low, double high) = (Math.Min(Worst, Best), Math.Max(Worst, Best));
        double room = high > low ? 0.06 * (high - low) : Math.Max(Math.Abs(high) * 0.5, 0.5);
        return (low - room, high + room);
    }
}
