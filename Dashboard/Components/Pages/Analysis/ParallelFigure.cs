using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Components.Charts.Figures;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ParCoordsLib;

namespace Experiments.Dashboard.Components.Pages.Analysis;

/// <summary>Draws runs as lines across their hyperparameters to the metric.</summary>
internal static class ParallelFigure
{
    /// <summary>Longer axis names wrap to a second line.</summary>
    private const int LongestLine = 12;

    /// <summary>Padding beyond the first and last value, relative to the axis.</summary>
    private const double Room = 0.05;

    /// <summary>The approximate width of a label's character in pixels.</summary>
    private const int CharacterWidth = 7;

    private const int LeastMargin = 48;

    /// <param name="order">Axis names in the user's order; others follow.</param>
    public static Figure Draw(AnalysisData data, AnalysisBrush brush, IReadOnlyList<string> order, int height, bool dark)
    {
        var theme = FigureTheme.Of(dark);
        Dimension[] dimensions =
            [.. data.Axes.Select(axis => Hyperparameter(data, axis, brush)).Append(Objective(data, brush)).OrderBy(dimension => PlaceOf(order, dimension.Name))];
        int left = dimensions[0].TickText?.Max(label => ((string)label).Length * CharacterWidth) ?? 0;
        var trace = new ParCoords
        {
            Dimensions = dimensions,
            LabelFont = new LabelFont { Color = theme.StrongText, Size = 12 },
            TickFont = new Plotly.Blazor.Traces.ParCoordsLib.TickFont { Color = theme.Text, Size = 11 },
            RangeFont = new RangeFont { Color = "rgba(0,0,0,0)", Size = 1 },
            Line = new Line
            {
                ColorArray = [.. data.Values.Select(value => (object)data.Range!.Goodness(value))],
                ColorScale = ObjectiveScale.ToPlotly(dark),
                CMin = 0,
                CMax = 1,
                ShowScale = false,
            },
            Unselected = new Unselected { Line = new Plotly.Blazor.Traces.ParCoordsLib.UnselectedLib.Line { Color = theme.Quiet, Opacity = 0.06m } },
        };
        return new Figure([trace], theme.Layout(height, new Margin { L = Math.Max(left, LeastMargin), R = LeastMargin, T = 52, B = 16 }));
    }

    private static int PlaceOf(IReadOnlyList<string> order, string name) =>
        order.TakeWhile(known => known != name).Count();

    private static Dimension Hyperparameter(AnalysisData data, AnalysisAxis axis, AnalysisBrush brush)
    {
        AxisTicks? ticks = AxisTicks.Of(axis);
        var spread = AxisSpread.Of(data, axis);
        (double low, double high) = (axis.Levels[0].Position, axis.Levels[^1].Position);
        return new Dimension
        {
            Name = axis.Name,
            Label = Wrap(axis.Label),
            Values = [.. Enumerable.Range(0, data.Count).Select(run => (object)spread.PositionOf(run))],
            Range = [low - (Room * (high - low)), high + (Room * (high - low))],
            TickVals = ticks?.Positions.Cast<object>().ToList(),
            TickText = ticks?.Labels.Cast<object>().ToList(),
            ConstraintRange = Constraint(brush, axis.Name, axis.Scale),
        };
    }

    private static Dimension Objective(AnalysisData data, AnalysisBrush brush)
    {
        (double low, double high) = data.Range!.Axis();
        ByteTicks? ticks = MetricNames.IsBytes(data.Metric) ? ByteTicks.Of(low, high) : null;
        return new Dimension
        {
            Name = data.Metric,
            Label = Wrap(AnalysisText.Label(data.Metric)),
            // Runs that are far out end at the end of the axis.
            Values = [.. data.Values.Select(value => (object)Math.Clamp(value, low, high))],
            Range = [low, high],
            TickFormat = ".3~g",
            TickVals = ticks?.Positions.Cast<object>().ToList(),
            TickText = ticks?.Labels.Cast<object>().ToList(),
            ConstraintRange = Constraint(brush, data.Metric, AxisScale.Linear),
        };
    }

    /// <summary>On two lines, if there is a place to break.</summary>
    private static string Wrap(string label) =>
        label.Length > LongestLine && label.AsSpan(0, LongestLine).LastIndexOfAny(" /") is var place and > 0
            ? $"{label.AsSpan(0, place + 1)}<br>{label.AsSpan(place + 1)}"
            : label;

    private static List<object>? Constraint(AnalysisBrush brush, string name, AxisScale scale)
    {
        if (!brush.Axes.TryGetValue(name, out IReadOnlyList<(double Low, double High)>? ranges))
        {
            return null;
        }

        object[][] ends = [.. ranges.Select(range => new object[] { AnalysisAxis.ToPosition(scale, range.Low), AnalysisAxis.ToPosition(scale, range.High) })];
        return ends.Length == 1 ? [.. ends[0]] : [.. ends];
    }
}
