using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Components.Charts.Figures;
using Experiments.Dashboard.Formatting;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ScatterLib;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>Draws the metric against one hyperparameter: runs as points, means with their deviation over them.</summary>
internal static class EffectFigure
{
    /// <summary>Half the width of the jitter of a value's points, relative to the distance between values.</summary>
    private const double Spread = 0.2;

    /// <summary>Padding beyond the deviations, relative to the axis.</summary>
    private const double Room = 0.02;

    private const int LongestLabel = 14;

    /// <param name="reach">The drawn range, see <see cref="Reach"/>.</param>
    public static Figure Draw(AnalysisData data, MarginalEffect effect, (double Low, double High) reach, int height, bool dark)
    {
        var theme = FigureTheme.Of(dark);
        ByteTicks? ticks = MetricNames.IsBytes(data.Metric) ? ByteTicks.Of(reach.Low, reach.High) : null;
        Plotly.Blazor.Layout layout = theme.Layout(height, new Margin { L = 56, R = 8, T = 6, B = 36 });
        layout.XAxis =
        [
            new XAxis
            {
                TickVals = [.. effect.Groups.Groups.Index().Select(group => (object)group.Index)],
                TickText = [.. effect.Groups.Groups.Select(group => (object)Shorten(group.Label))],
                Range = [-0.5, effect.Groups.Groups.Count - 0.5],
                ShowGrid = false, ZeroLine = false, ShowLine = true, LineColor = theme.Grid, FixedRange = true,
                AutoMargin = Plotly.Blazor.LayoutLib.XAxisLib.AutoMarginFlag.Height,
            },
        ];
        layout.YAxis =
        [
            new YAxis { GridColor = theme.Grid, ZeroLine = false, NTicks = 6, Range = [reach.Low, reach.High], FixedRange = true, TickFormat = ".3~g", TickVals = ticks?.Positions.Cast<object>().ToList(), TickText = ticks?.Labels.Cast<object>().ToList() },
        ];
        return new Figure([Runs(data, effect, theme), Means(data, effect, theme)], layout);
    }

    /// <summary>The common axis of all effects: the runs that are not far out, and every mean with its deviation.</summary>
    public static (double Low, double High) Reach(AnalysisData data, IEnumerable<MarginalEffect> effects)
    {
        (double low, double high) = data.Range!.Axis();
        double room = (high - low) * Room;
        GroupStatistics[] means = [.. effects.SelectMany(effect => effect.Means)];
        return (means.Select(group => group.Mean - group.Deviation - room).Append(low).Min(), means.Select(group => group.Mean + group.Deviation + room).Append(high).Max());
    }

    private static Scatter Runs(AnalysisData data, MarginalEffect effect, FigureTheme theme) => new()
    {
        X = [.. effect.Points.Select(run => (object)(effect.Groups.GroupOf[run] + Aside(data.Cells[run])))],
        Y = [.. effect.Points.Select(run => (object)data.Values[run])],
        Mode = ModeFlag.Markers,
        Marker = new Marker { Size = 5, Color = theme.Quiet, Opacity = effect.Points.Count > 200 ? 0.3m : 0.5m },
        CustomData = [.. effect.Points.Select(run => (object)$"runs/{data.Ids[run]}")],
        HoverTextArray = [.. effect.Points.Select(run => $"#{data.Cells[run]}: <b>{AnalysisText.Value(data.Metric, data.Values[run])}</b>")],
        HoverTemplate = "%{hovertext}<extra></extra>",
    };

    private static Scatter Means(AnalysisData data, MarginalEffect effect, FigureTheme theme) => new()
    {
        X = [.. effect.Means.Index().Select(group => (object)group.Index)],
        Y = [.. effect.Means.Select(group => (object)group.Mean)],
        Mode = effect.Groups.Axis.IsOrdered ? ModeFlag.Lines | ModeFlag.Markers : ModeFlag.Markers,
        Line = new Plotly.Blazor.Traces.ScatterLib.Line { Color = theme.Accent, Width = 2 },
        Marker = new Marker { Size = 9, Color = theme.Accent, Line = new Plotly.Blazor.Traces.ScatterLib.MarkerLib.Line { Color = theme.Surface, Width = 1.5m } },
        ErrorY = new ErrorY { Array = [.. effect.Means.Select(group => (object)group.Deviation)], Color = theme.Accent, Thickness = 1.5m, Width = 5, Visible = true },
        HoverTextArray = [.. effect.Groups.Groups.Zip(effect.Means, (group, runs) => Describe(data, group, runs))],
        HoverTemplate = "%{hovertext}<extra></extra>",
    };

    private static string Describe(AnalysisData data, AxisGroup group, GroupStatistics runs) =>
        $"<b>{group.Label}</b><br>mean <b>{AnalysisText.Value(data.Metric, runs.Mean)}</b> ± {Numbers.Significant(runs.Deviation)}<br>"
        + $"best <b>{AnalysisText.Value(data.Metric, runs.Best)}</b><br>{AnalysisText.Runs(runs.Count)}";

    /// <summary>Jitters the points of a value deterministically: multiples of the golden ratio fill an interval evenly.</summary>
    private static double Aside(int cell) => ((cell * 0.6180339887498949 % 1) - 0.5) * 2 * Spread;

    private static string Shorten(string label) => label.Length <= LongestLabel ? label : string.Concat(label.AsSpan(0, LongestLabel - 1), "…");
}
