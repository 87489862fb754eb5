using System.Globalization;

namespace Experiments.Contracts.Numbers;

/// <summary>A range of numbers with inclusive or exclusive ends.</summary>
public readonly record struct NumberRange(double Minimum, double Maximum, bool MinimumExcluded = false, bool MaximumExcluded = false)
{
    /// <summary>True for a number in the range; false for NaN.</summary>
    public bool Contains(double value) =>
        (MinimumExcluded ? value > Minimum : value >= Minimum) && (MaximumExcluded ? value < Maximum : value <= Maximum);

    /// <summary>In words: <c>a number above 0, at most 10</c>.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"a number {(MinimumExcluded ? "above" : "from")} {Minimum}{(MinimumExcluded || MaximumExcluded ? "," : "")} {(MaximumExcluded ? "below" : MinimumExcluded ? "at most" : "to")} {Maximum}");
}
