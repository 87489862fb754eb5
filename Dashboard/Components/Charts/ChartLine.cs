namespace Experiments.Dashboard.Components.Charts;

/// <summary>What a line of a chart is.</summary>
public enum LinePart
{
    /// <summary>A curve.</summary>
    Curve,

    /// <summary>The lower end of a band, which is not drawn itself; the upper end follows it.</summary>
    BandLow,

    /// <summary>The upper end of a band: what is between the two is filled.</summary>
    BandHigh,
}

/// <summary>A line of a chart.</summary>
/// <param name="Key">Tells lines apart; stays the same from draw to draw.</param>
/// <param name="Label">Shown when pointed at.</param>
/// <param name="Faded">Drawn in the background, behind those that are selected.</param>
/// <param name="Start">Where a time axis begins; null for the first point.</param>
/// <param name="Details">What else to say when it is pointed at, see <see cref="HoverDetails"/>; null for nothing.</param>
public sealed record ChartLine(string Key, string Label, RunStyle Style, Curve Curve, bool Faded = false, DateTimeOffset? Start = null, string? Details = null)
{
    public LinePart Part { get; init; }
}
