namespace Experiments.Dashboard.Components.Charts;

/// <summary>A line of a chart.</summary>
/// <param name="Key">Tells lines apart; stays the same from draw to draw.</param>
/// <param name="Label">Shown when pointed at.</param>
/// <param name="Faded">Drawn in the background, behind those that are selected.</param>
public sealed record ChartLine(string Key, string Label, RunStyle Style, Curve Curve, bool Faded = false);
