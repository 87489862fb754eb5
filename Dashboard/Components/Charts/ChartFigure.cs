using Experiments.Contracts.Api;
using Plotly.Blazor;
using Plotly.Blazor.ConfigLib;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.Traces;
using Gl = Plotly.Blazor.Traces.ScatterGlLib;
using PlotlyLayout = Plotly.Blazor.Layout;
using Svg = Plotly.Blazor.Traces.ScatterLib;

namespace Experiments.Dashboard.Components.Charts;

/// <summary>Puts curves into Plotly's terms.</summary>
internal static class ChartFigure
{
    private const string FontFamily = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'Liberation Sans', sans-serif";

    public static Config Config { get; } = new()
    {
        Responsive = true,
        DisplayLogo = false,
        DisplayModeBar = DisplayModeBarEnum.False,
        ShowTips = false,
        DoubleClick = DoubleClickEnum.Reset,
    };

    public static IList<ITrace> Traces(IReadOnlyList<ChartLine> lines, ChartAppearance look) =>
        [.. lines.Select<ChartLine, ITrace>(line => look.WebGl ? GlTrace(line, look) : SvgTrace(line, look))];

    public static PlotlyLayout Layout(ChartAppearance look, int height)
    {
        string text = look.Dark ? "#9aa7b6" : "#5b6673";
        string grid = look.Dark ? "#262e38" : "#e9edf1";
        string surface = look.Dark ? "#232b35" : "#ffffff";
        return new PlotlyLayout
        {
            AutoSize = true,
            Height = height,
            Margin = new Margin { L = 64, R = 12, T = 8, B = 40, Pad = 4 },
            PaperBgColor = "rgba(0,0,0,0)",
            PlotBgColor = "rgba(0,0,0,0)",
            Font = new Font { Family = FontFamily, Size = 12, Color = text },
            ShowLegend = false,
            HoverMode = HoverModeEnum.Closest,
            HoverLabel = new HoverLabel { BgColor = surface, BorderColor = grid, Align = Plotly.Blazor.LayoutLib.HoverLabelLib.AlignEnum.Left },
            // The user's zoom outlives redraws as long as the metric stays.
            UiRevision = look.Metric,
            XAxis =
            [
                new XAxis
                {
                    Title = new Plotly.Blazor.LayoutLib.XAxisLib.Title { Text = look.StepName, Standoff = 8 },
                    GridColor = grid, LineColor = grid, ZeroLine = false, ShowGrid = false, ShowLine = true,
                    TickFormat = look.UnitTicks ? "d" : ",d",
                    DTick = look.UnitTicks ? 1 : null,
                    ShowTickLabels = !look.IsEmpty,
                },
            ],
            YAxis =
            [
                new YAxis
                {
                    GridColor = grid, LineColor = grid, ZeroLine = false, NTicks = 7, ShowTickLabels = !look.IsEmpty,
                    Range = look is { FlatAt: { } flat, LogScale: false } && flat != 0 ? [flat * 0.5, flat * 1.5] : null,
                    Type = look.LogScale ? Plotly.Blazor.LayoutLib.YAxisLib.TypeEnum.Log : null,
                    ExponentFormat = Plotly.Blazor.LayoutLib.YAxisLib.ExponentFormatEnum.Power,
                },
            ],
        };
    }

    public static object X(SeriesPoint point) => point.Step;

    public static object Y(SeriesPoint point) => point.Value;

    private static ScatterGl GlTrace(ChartLine line, ChartAppearance look) => new()
    {
        Name = line.Label,
        X = [.. line.Curve.Points.Select(X)],
        Y = [.. line.Curve.Points.Select(Y)],
        Mode = Gl.ModeFlag.Lines,
        Line = new Gl.Line { Color = RunPalette.Hex(line.Style, look.Dark), Width = Width(line, look), Dash = GlDash(line.Style) },
        Opacity = Opacity(line),
        HoverTemplate = HoverTemplate(look),
    };

    private static Scatter SvgTrace(ChartLine line, ChartAppearance look) => new()
    {
        Name = line.Label,
        X = [.. line.Curve.Points.Select(X)],
        Y = [.. line.Curve.Points.Select(Y)],
        Mode = look.Markers ? Svg.ModeFlag.Lines | Svg.ModeFlag.Markers : Svg.ModeFlag.Lines,
        Marker = new Svg.Marker { Size = 5, Color = RunPalette.Hex(line.Style, look.Dark) },
        Line = new Svg.Line { Color = RunPalette.Hex(line.Style, look.Dark), Width = Width(line, look), Dash = SvgDash(line.Style) },
        Opacity = Opacity(line),
        HoverTemplate = HoverTemplate(look),
    };

    private static decimal Width(ChartLine line, ChartAppearance look) => line.Faded || look.IsCrowded ? 1.2m : 2m;

    private static decimal Opacity(ChartLine line) => line.Faded ? 0.25m : 1m;

    private static string HoverTemplate(ChartAppearance look) =>
        $"<b>%{{y:.4~g}}</b> at {look.StepName} %{{x:,d}}<extra>%{{fullData.name}}</extra>";

    private static Gl.LineLib.DashEnum? GlDash(RunStyle style) => style.Dash switch
    {
        1 => Gl.LineLib.DashEnum.Dash,
        2 => Gl.LineLib.DashEnum.Dot,
        3 => Gl.LineLib.DashEnum.DashDot,
        _ => null,
    };

    private static string? SvgDash(RunStyle style) => style.Dash switch
    {
        1 => "dash",
        2 => "dot",
        3 => "dashdot",
        _ => null,
    };
}
