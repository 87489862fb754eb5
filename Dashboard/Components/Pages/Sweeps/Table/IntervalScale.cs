using Experiments.Contracts.Api;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>The common scale of groups' mean, deviation and best. Pure.</summary>
public sealed class IntervalScale
{
    /// <summary>The width of the drawing in pixels, with padding for the mark of the mean.</summary>
    private const double Width = 160;
    private const double Margin = 6;

    private readonly double _low;
    private readonly double _high;

    public IntervalScale(IReadOnlyList<RunGroup> groups)
    {
        double[] values = [.. groups.SelectMany(Values)];
        (_low, _high) = values.Length == 0 ? (0, 1) : (values.Min(), values.Max());
    }

    /// <summary>Null for a group without a value.</summary>
    public Interval? Of(RunGroup group)
    {
        if (group is not { Mean: { } mean, Best: { } best })
        {
            return null;
        }

        double deviation = group.Deviation ?? 0;
        return new Interval(Place(mean - deviation), Place(mean), Place(mean + deviation), Place(best));
    }

    private string Place(double value)
    {
        double share = _high > _low ? (value - _low) / (_high - _low) : 0.5;
        return FormattableString.Invariant($"{Margin + (share * (Width - (2 * Margin))):0.#}");
    }

    private static IEnumerable<double> Values(RunGroup group) => group is { Mean: { } mean, Best: { } best }
        ? [mean - (group.Deviation ?? 0), mean + (group.Deviation ?? 0), best]
        : [];

    /// <summary>Positions from the left in pixels, as SVG attributes.</summary>
    public sealed record Interval(string Low, string Mean, string High, string Best);
}
