using Plotly.Blazor;
using Plotly.Blazor.ConfigLib;
using Plotly.Blazor.LayoutLib;
using PlotlyLayout = Plotly.Blazor.Layout;

namespace Experiments.Dashboard.Components.Charts.Figures;

/// <summary>The colors and fonts of figures, as in dashboard.css.</summary>
internal sealed record FigureTheme(string Text, string StrongText, string Grid, string Surface, string Accent, string Quiet, string Good, string Warn, string Bad)
{
    public const string FontFamily = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Liberation Sans', sans-serif";

    private static FigureTheme Light { get; } = new("#566170", "#1a212b", "#e1e5ea", "#ffffff", "#3257d6", "#8b95a1", "#14683f", "#8a4f00", "#b32525");

    private static FigureTheme Dark { get; } = new("#9aa7b6", "#e7ecf2", "#29323d", "#232b35", "#8aa5ff", "#6d7885", "#4cc38a", "#f0b44c", "#ff7b7b");

    public static Config Config { get; } = new()
    {
        Responsive = true,
        DisplayLogo = false,
        DisplayModeBar = DisplayModeBarEnum.False,
        ShowTips = false,
        DoubleClick = DoubleClickEnum.AutoSize,
    };

    public static FigureTheme Of(bool dark) => dark ? Dark : Light;

    /// <summary>The settings that all figures share.</summary>
    public PlotlyLayout Layout(int height, Margin margin) => new()
    {
        AutoSize = true,
        Height = height,
        Margin = margin,
        PaperBgColor = "rgba(0,0,0,0)",
        PlotBgColor = "rgba(0,0,0,0)",
        Font = new Font { Family = FontFamily, Size = 12, Color = Text },
        ShowLegend = false,
        HoverMode = HoverModeEnum.Closest,
        HoverLabel = new HoverLabel
        {
            BgColor = Surface,
            BorderColor = Grid,
            Align = Plotly.Blazor.LayoutLib.HoverLabelLib.AlignEnum.Left,
            // Otherwise the text takes the color of the border.
            Font = new Plotly.Blazor.LayoutLib.HoverLabelLib.Font { Color = StrongText },
        },
    };
}
