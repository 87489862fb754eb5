using Experiments.Dashboard.Components.Themes;

namespace Experiments.Dashboard.Components.Palette;

/// <summary>Something that can be gone to or done from every page.</summary>
/// <param name="Kind">Sweep, run, model, data set, or action.</param>
/// <param name="Detail">What tells it from others of the same name; may be empty.</param>
/// <param name="Address">Relative to the base; null for what is done without going anywhere.</param>
public sealed record PaletteChoice(string Kind, string Label, string Detail, string? Address)
{
    public ThemeChoice? Theme { get; init; }

    /// <summary>Lists the keyboard shortcuts.</summary>
    public bool ShowsKeys { get; init; }
}
