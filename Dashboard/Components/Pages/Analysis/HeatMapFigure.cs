using Experiments.Dashboard.Components.Charts.Figures;
using Plotly.Blazor.LayoutLib;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>Draws the results for each combination of two hyperparameters.</summary>
internal static class HeatMapFigure
{
    /// <summary>More cells are drawn without numbers, which would not be legible.</summary>
    private const int MostLabelledCells = 150;

    /// <summary>The color of combinations without runs, visible on both backgrounds.</summary>
    private const string EmptyColor = "rgba(127,135,145,0.08)";

    /// <param name="link">The address of the runs that meet a condition.</param>
    public static Figure Draw(HeatMap map, Func<string, string> link, int height, bool dark)
    {
        var theme = FigureTheme.Of(dark);
        bool isLabelled = map.X.Groups.Count * map.Y.Groups.Count <= MostLabelledCells;
        var trace = new Plotly.Blazor.Traces.HeatMap
        {
            X = [.. Places(map.X)],
            Y = [.. Places(map.Y)],
            Z = Rows(map, cell => cell is null ? null : map.Goodness(cell)),
            ZMin = 0,
            ZMax = 1,
            ColorScale = ObjectiveScale.ToPlotly(dark),
            ShowScale = false,
            XGap = 2,
            YGap = 2,
            HoverOnGaps = false,
            Text = Rows(map, cell => isLabelled && cell is not null ? map.Text(cell) : ""),
            TextTemplate = "%{text}",
            HoverText = Rows(map, map.Describe),
            HoverTemplate = "%{hovertext}<extra></extra>",
            CustomData = Rows(map, cell => cell is null ? null : link(map.Condition(cell))),
        };
        Plotly.Blazor.Layout layout = theme.Layout(height, new Margin { L = 64, R = 8, T = 8, B = 48 });
        layout.PlotBgColor = EmptyColor;
        layout.XAxis =
        [
            new XAxis
            {
                Title = new Plotly.Blazor.LayoutLib.XAxisLib.Title { Text = map.X.Axis.Label, Standoff = 12 },
                TickVals = [.. Places(map.X)], TickText = [.. Labels(map.X)], ShowGrid = false, ZeroLine = false, FixedRange = true,
                AutoMargin = Plotly.Blazor.LayoutLib.XAxisLib.AutoMarginFlag.True,
            },
        ];
        layout.YAxis =
        [
            new YAxis
            {
                Title = new Plotly.Blazor.LayoutLib.YAxisLib.Title { Text = map.Y.Axis.Label, Standoff = 12 },
                TickVals = [.. Places(map.Y)], TickText = [.. Labels(map.Y)], ShowGrid = false, ZeroLine = false, FixedRange = true,
                AutoMargin = Plotly.Blazor.LayoutLib.YAxisLib.AutoMarginFlag.True,
            },
        ];
        return new Figure([trace], layout);
    }

    private static IEnumerable<object> Places(AxisGroups axis) => Enumerable.Range(0, axis.Groups.Count).Select(place => (object)place);

    private static IEnumerable<object> Labels(AxisGroups axis) => axis.Groups.Select(group => (object)group.Label);

    private static List<object> Rows(HeatMap map, Func<HeatMapCell?, object?> valueOf) =>
        [.. map.Rows.Select(row => (object)row.Select(valueOf).ToArray())];
}
