using System.Globalization;
using System.Text;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>How a run is drawn, everywhere.</summary>
/// <param name="Color">Index into <see cref="RunPalette.Light"/> and <see cref="RunPalette.Dark"/>.</param>
/// <param name="Dash">0 solid, 1 dashed, 2 dotted, 3 dash-dotted.</param>
public readonly record struct RunStyle(int Color, int Dash)
{
    /// <summary>The colour as a CSS value that follows the theme.</summary>
    public string CssColor => string.Create(CultureInfo.InvariantCulture, $"var(--run-{Color})");
}

/// <summary>
/// The colours of runs: eight hues after Okabe and Ito (2008), whose hues people with the common kinds of colour
/// blindness can tell apart, each in a shade for light and one for dark backgrounds; dashes tell runs beyond eight apart.
/// </summary>
public static class RunPalette
{
    private const int Dashes = 4;

    /// <summary>On a light background.</summary>
    public static IReadOnlyList<string> Light { get; } =
        ["#0072b2", "#d55e00", "#009371", "#b5508f", "#a67c00", "#2b94d6", "#7a1f4b", "#5b6673"];

    /// <summary>The same hues on a dark background.</summary>
    public static IReadOnlyList<string> Dark { get; } =
        ["#3f9fe0", "#f0803c", "#1fc29a", "#e08cc0", "#e3b92e", "#8fd0ff", "#e0628f", "#a9b4c2"];

    /// <summary>The style of a cell of a grid: neighbours differ, and it never changes.</summary>
    /// <param name="cell">From 1.</param>
    public static RunStyle Of(int cell)
    {
        int index = Math.Max(0, cell - 1);
        return new RunStyle(index % Light.Count, index / Light.Count % Dashes);
    }

    /// <summary>
    /// The styles of runs side by side, which may come from several sweeps: each keeps its colour, and of those that would look the same all but the first change their dashes.
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

    /// <summary>The colour as Plotly takes it.</summary>
    public static string Hex(RunStyle style, bool dark) => (dark ? Dark : Light)[style.Color];

    /// <summary>The palette as CSS variables.</summary>
    public static string ToCss(bool dark)
    {
        var css = new StringBuilder(":root{");
        foreach ((int index, string color) in (dark ? Dark : Light).Index())
        {
            css.Append(CultureInfo.InvariantCulture, $"--run-{index}:{color};");
        }

        return css.Append('}').ToString();
    }
}
