namespace Experiments.Dashboard.Components.Charts;

/// <summary>The role of a line in a chart.</summary>
public enum LinePart
{
    /// <summary>A curve.</summary>
    Curve,

    /// <summary>The lower bound of a band, which is not drawn; its upper bound follows.</summary>
    BandLow,

    /// <summary>The upper bound of a band: the area between the two is filled.</summary>
    BandHigh,
}

/// <summary>A line of a chart.</summary>
/// <param name="Key">Identifies the line across redraws.</param>
/// <param name="Label">Shown on hover.</param>
/// <param name="Faded">Drawn in the background, behind those that are selected.</param>
/// <param name="Start">Where a time axis begins; null for the first point.</param>
/// <param name="Details">More text on hover, see <see cref="HoverDetails"/>; null for nothing.</param>
public sealed record ChartLine(string Key, string Label, RunStyle Style, Curve Curve, bool Faded = false, DateTimeOffset? Start = null, string? Details = null)
{
    public LinePart Part { get; init; }
}
