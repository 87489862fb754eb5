using System.Globalization;
using System.Text;
using Experiments.Dashboard.Components.Charts.Figures;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>The line style of a run on all pages.</summary>
/// <param name="Color">Index into <see cref="RunPalette.Light"/> and <see cref="RunPalette.Dark"/>; the colors of a scale follow.</param>
/// <param name="Dash">0 solid, 1 dashed, 2 dotted, 3 dash-dotted.</param>
public readonly record struct RunStyle(int Color, int Dash)
{
    /// <summary>The color as a CSS value that follows the theme.</summary>
    public string CssColor => string.Create(CultureInfo.InvariantCulture, $"var(--run-{Color})");
}

/// <summary>
/// The colors of runs: eight hues, each in a shade for light and one for dark backgrounds; dashes tell runs beyond eight apart.
/// They began as those of Okabe and Ito (2008) and were moved until the nearest two, as seen with protanopia or deuteranopia,
/// were as far apart as possible while all keep a contrast of 3:1 to the background; a test checks this.
/// </summary>
public static class RunPalette
{
    private const int Dashes = 4;

    /// <summary>On a light background.</summary>
    public static IReadOnlyList<string> Light { get; } =
        ["#0851cd", "#c43700", "#01988a", "#983287", "#b68d10", "#5d8efa", "#4e0066", "#2a443e"];

    /// <summary>The same hues on a dark background.</summary>
    public static IReadOnlyList<string> Dark { get; } =
        ["#43a6ff", "#d4671d", "#3fab7c", "#f16bd0", "#d8d242", "#6ef2ff", "#be417e", "#cbb8b8"];

    /// <summary>The number of runs with distinct styles.</summary>
    public static int Styles => Light.Count * Dashes;

    /// <summary>The number of colors of a scale from bad to good, or low to high.</summary>
    public static int Levels => ObjectiveScale.Colors(dark: false).Count;

    /// <summary>The color of a run without a value on the scale.</summary>
    public static RunStyle Unknown => OfLevel(0) with { Dash = 2 };

    /// <summary>A color of the scale, from 0.</summary>
    public static RunStyle OfLevel(int level) => new(Light.Count + level, 0);

    /// <summary>The nearest color of the scale.</summary>
    /// <param name="share">From 0 to 1.</param>
    public static RunStyle OfShare(double share) => OfLevel((int)Math.Round(share * (Levels - 1)));

    /// <summary>The style of a grid cell. Neighbors differ, and a cell's style never changes.</summary>
    /// <param name="cell">From 1.</param>
    public static RunStyle Of(int cell)
    {
        int index = Math.Max(0, cell - 1);
        return new RunStyle(index % Light.Count, index / Light.Count % Dashes);
    }

    /// <summary>
    /// The styles of compared runs, which may come from several sweeps. Each keeps its color; runs that would look the same get different dashes.
    /// </summary>
    public static IReadOnlyList<RunStyle> Distinct(IEnumerable<int> cells)
    {
        var taken = new HashSet<RunStyle>();
        var styles = new List<RunStyle>();
        foreach (RunStyle own in cells.Select(Of))
        {
            RunStyle style = own;
            for (int tries = 0; tries < Dashes && !taken.Add(style); tries++)
            {
                style = style with { Dash = (style.Dash + 1) % Dashes };
            }

            styles.Add(style);
        }

        return styles;
    }

    /// <summary>The color as Plotly takes it.</summary>
    public static string Hex(RunStyle style, bool dark) => All(dark)[style.Color];

    private static IReadOnlyList<string> All(bool dark) => [.. dark ? Dark : Light, .. ObjectiveScale.Colors(dark)];

    /// <summary>The palette as CSS variables.</summary>
    public static string ToCss(bool dark)
    {
        var css = new StringBuilder(":root{");
        foreach ((int index, string color) in All(dark).Index())
        {
            css.Append(CultureInfo.InvariantCulture, $"--run-{index}:{color};");
        }

        return css.Append('}').ToString();
    }
}
