using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Components.Charts.Figures;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ScatterLib;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>Draws runs by the metric and its price; the front on top, colored by the third objective if there is one.</summary>
internal static class ParetoFigure
{
    /// <summary>The number of drawn runs that are not on the front; if there are more, some are left out.</summary>
    public const int MostOthers = 2000;

    /// <summary>The ratio of the ends of the x axis from which it is logarithmic.</summary>
    private const double WideRatio = 10;

    public static Figure Draw(ParetoData data, int height, bool dark)
    {
        var theme = FigureTheme.Of(dark);
        Plotly.Blazor.Layout layout = theme.Layout(height, new Margin { L = 64, R = 12, T = 8, B = 44 });
        double[] x = [.. data.Runs.Select(run => run.Others[0])];
        layout.XAxis =
        [
            new XAxis
            {
                Title = new Plotly.Blazor.LayoutLib.XAxisLib.Title { Text = data.Objectives[0].Label, Standoff = 8 },
                Type = x.Min() > 0 && x.Max() > WideRatio * x.Min() ? Plotly.Blazor.LayoutLib.XAxisLib.TypeEnum.Log : Plotly.Blazor.LayoutLib.XAxisLib.TypeEnum.Linear,
                GridColor = theme.Grid, ZeroLine = false, FixedRange = true, NTicks = 7, TickFormat = "~s",
            },
        ];
        (double low, double high) = ObjectiveRange.Of([.. data.Runs.Select(run => run.Value)], data.Goal).Axis();
        layout.YAxis =
        [
            new YAxis
            {
                Title = new Plotly.Blazor.LayoutLib.YAxisLib.Title { Text = AnalysisText.Label(data.Metric) },
                GridColor = theme.Grid, ZeroLine = false, FixedRange = true, NTicks = 6, TickFormat = ".3~g", Range = [low, high],
            },
        ];
        return new Figure([Others(data, theme), FrontOf(data, theme, dark)], layout);
    }

    /// <summary>The range of the colors.</summary>
    public static ObjectiveRange RangeOfThird(ParetoData data) => ObjectiveRange.Of([.. data.Runs.Select(run => run.Others[1])], data.Objectives[1].Goal);

    private static Scatter Others(ParetoData data, FigureTheme theme)
    {
        HashSet<ParetoRun> front = [.. data.Front];
        ParetoRun[] all = [.. data.Runs.Where(run => !front.Contains(run))];
        int step = Math.Max(1, (int)Math.Ceiling(all.Length / (double)MostOthers));
        Scatter trace = Points(data, [.. all.Where((_, place) => place % step == 0)]);
        trace.Mode = ModeFlag.Markers;
        trace.Marker = new Marker { Size = 5, Color = theme.Quiet, Opacity = 0.45m };
        return trace;
    }

    private static Scatter FrontOf(ParetoData data, FigureTheme theme, bool dark)
    {
        Scatter trace = Points(data, data.Front);
        trace.Marker = new Marker { Size = 9, Color = theme.Accent, Line = new Plotly.Blazor.Traces.ScatterLib.MarkerLib.Line { Color = theme.Surface, Width = 1 } };
        if (data.Objectives.Count == 1)
        {
            // A run of the front is the best up to the price of the next one.
            trace.Mode = ModeFlag.Lines | ModeFlag.Markers;
            bool isCheaperLeft = data.Objectives[0].Goal == Goal.Minimize;
            trace.Line = new Plotly.Blazor.Traces.ScatterLib.Line { Color = theme.Accent, Width = 1.5m, Shape = isCheaperLeft ? Plotly.Blazor.Traces.ScatterLib.LineLib.ShapeEnum.Hv : Plotly.Blazor.Traces.ScatterLib.LineLib.ShapeEnum.Vh };
        }
        else
        {
            trace.Mode = ModeFlag.Markers;
            ObjectiveRange range = RangeOfThird(data);
            trace.Marker.Color = null;
            trace.Marker.ColorArray = [.. data.Front.Select(run => (object)ColorOf(range.Goodness(run.Others[1]), dark))];
        }

        return trace;
    }

    private static Scatter Points(ParetoData data, IReadOnlyList<ParetoRun> runs) => new()
    {
        X = [.. runs.Select(run => (object)run.Others[0])],
        Y = [.. runs.Select(run => (object)run.Value)],
        CustomData = [.. runs.Select(run => (object)$"runs/{run.Id}")],
        HoverTextArray = [.. runs.Select(data.Describe)],
        HoverTemplate = "%{hovertext}<extra></extra>",
    };

    private static string ColorOf(double goodness, bool dark)
    {
        IReadOnlyList<string> colors = ObjectiveScale.Colors(dark);
        return colors[(int)Math.Round(goodness * (colors.Count - 1))];
    }
}
