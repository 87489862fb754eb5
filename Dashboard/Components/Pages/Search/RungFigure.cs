using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts.Figures;
using Experiments.Dashboard.Formatting;
using Plotly.Blazor;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ScatterLib;
using Plotly.Blazor.Traces.ScatterLib.MarkerLib;

namespace Experiments.Dashboard.Components.Pages.Search;

/// <summary>Draws the runs at each rung by their value; a line joins the points of a run.</summary>
internal static class RungFigure
{
    /// <summary>Half the width of a rung's points, relative to the distance between rungs.</summary>
    private const double Spread = 0.22;

    /// <summary>With more points, each is drawn fainter.</summary>
    private const int ManyPoints = 300;

    /// <summary>In the order in which they are drawn: those that continued on top.</summary>
    public static IReadOnlyList<RungFate> Fates { get; } = [RungFate.Stopped, RungFate.Paused, RungFate.Ended, RungFate.Continued];

    public static string ColorOf(RungFate fate, FigureTheme theme) => fate switch
    {
        RungFate.Continued => theme.Good,
        RungFate.Paused => theme.Warn,
        RungFate.Ended => theme.Bad,
        _ => theme.Quiet,
    };

    /// <summary>The class of the legend's key: the shapes differ too, so that colors are not needed to tell the fates apart.</summary>
    public static string KeyOf(RungFate fate) => fate switch
    {
        RungFate.Continued => "key-dot",
        RungFate.Ended => "key-cross",
        RungFate.Paused => "key-square",
        _ => "key-ring",
    };

    public static Figure Draw(SearchRungs search, int height, bool dark)
    {
        var theme = FigureTheme.Of(dark);
        RungPoint[] points = [.. search.Rungs.SelectMany((rung, place) => PointsOf(rung, place))];
        Plotly.Blazor.Layout layout = theme.Layout(height, new Margin { L = 96, R = 8, T = 8, B = 32 });
        layout.XAxis =
        [
            new XAxis
            {
                TickVals = [.. search.Rungs.Select((_, place) => (object)place)],
                TickText = [.. search.Rungs.Select(rung => (object)$"epoch {rung.Epoch}")],
                Range = [-0.5, search.Rungs.Count - 0.5],
                ShowGrid = false, ZeroLine = false, ShowLine = true, LineColor = theme.Grid, FixedRange = true,
            },
        ];
        (double low, double high) = ObjectiveRange.Of([.. points.Select(point => point.Value)], search.Goal).Axis();
        layout.YAxis =
        [
            new YAxis
            {
                GridColor = theme.Grid, ZeroLine = false, NTicks = 6, Range = [low, high], TickFormat = ".3~g", FixedRange = true,
                Title = new Plotly.Blazor.LayoutLib.YAxisLib.Title { Text = search.Metric },
            },
        ];
        IEnumerable<ITrace> dots = Fates
            .Select(fate => Dots([.. points.Where(point => point.Fate == fate)], search.Metric, fate, points.Length, theme))
            .Where(trace => trace.X.Count > 0);
        return new Figure([Lines(points, theme), .. dots], layout);
    }

    private static IEnumerable<RungPoint> PointsOf(RungPoints rung, int place)
    {
        for (int i = 0; i < rung.Runs.Count; i++)
        {
            if (rung.Values[i] is { } value)
            {
                yield return new RungPoint(place, rung.Epoch, rung.Runs[i], rung.Cells[i], value, rung.Fates[i]);
            }
        }
    }

    /// <summary>From each rung to the next one that a run reached.</summary>
    private static Scatter Lines(IEnumerable<RungPoint> points, FigureTheme theme)
    {
        RungPoint[][] runs = [.. points.GroupBy(point => point.Run).Select(run => run.ToArray()).Where(run => run.Length > 1)];
        return new Scatter
        {
            // An empty place ends the line of a run.
            X = [.. runs.SelectMany(run => run.Select(point => (object?)point.X).Append(null))],
            Y = [.. runs.SelectMany(run => run.Select(point => (object?)point.Value).Append(null))],
            Mode = ModeFlag.Lines,
            Line = new Plotly.Blazor.Traces.ScatterLib.Line { Color = theme.Good, Width = 1 },
            Opacity = 0.35m,
            HoverInfo = Plotly.Blazor.Traces.ScatterLib.HoverInfoFlag.Skip,
        };
    }

    private static Scatter Dots(RungPoint[] points, string metric, RungFate fate, int total, FigureTheme theme) => new()
    {
        X = [.. points.Select(point => (object)point.X)],
        Y = [.. points.Select(point => (object)point.Value)],
        Mode = ModeFlag.Markers,
        Marker = new Marker { Size = 7, Color = ColorOf(fate, theme), Symbol = SymbolOf(fate), Opacity = total > ManyPoints ? 0.6m : 0.9m },
        CustomData = [.. points.Select(point => (object)$"runs/{point.Run}")],
        HoverTextArray = [.. points.Select(point => $"#{point.Cell} after epoch {point.Epoch}: <b>{Numbers.Metric(metric, point.Value)}</b><br>{SearchText.Fate(point.Fate)}")],
        HoverTemplate = "%{hovertext}<extra></extra>",
    };

    private static SymbolEnum SymbolOf(RungFate fate) => fate switch
    {
        RungFate.Continued => SymbolEnum.Circle,
        RungFate.Ended => SymbolEnum.X,
        RungFate.Paused => SymbolEnum.SquareOpen,
        _ => SymbolEnum.CircleOpen,
    };

    private sealed record RungPoint(int Place, int Epoch, string Run, int Cell, double Value, RungFate Fate)
    {
        /// <summary>Multiples of the golden ratio fill an interval evenly.</summary>
        public double X => Place + (((Cell * 0.6180339887498949 % 1) - 0.5) * 2 * Spread);
    }
}
