using Experiments.Dashboard.Components.Themes;

namespace Experiments.Dashboard.Components.Palette;

/// <summary>An entry of the palette: a page to open or an action.</summary>
/// <param name="Kind">Sweep, run, model, data set, or action.</param>
/// <param name="Detail">A detail that distinguishes it from others with the same name; may be empty.</param>
/// <param name="Address">Relative to the base; null for actions.</param>
public sealed record PaletteChoice(string Kind, string Label, string Detail, string? Address)
{
    public ThemeChoice? Theme { get; init; }

    /// <summary>Lists the keyboard shortcuts.</summary>
    public bool ShowsKeys { get; init; }
}
