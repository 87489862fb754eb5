using Experiments.Contracts.Api;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Charts.Figures;
using Experiments.Dashboard.Formatting;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.ScatterLib;

namespace Experiments.Dashboard.Components.Pages.Search;

/// <summary>Draws the best value so far as steps, over the time since the launch or over finished epochs.</summary>
internal static class ProgressFigure
{
    /// <summary>With more points, they would cover the line.</summary>
    private const int MostMarkers = 60;

    public static Figure Draw(ProgressView progress, bool overTime, int height, bool dark)
    {
        var theme = FigureTheme.Of(dark);
        var unit = TimeUnit.For(((progress.LastAt ?? progress.StartedAt) - progress.StartedAt).TotalSeconds);
        Plotly.Blazor.Layout layout = theme.Layout(height, new Margin { L = 56, R = 12, T = 8, B = 44 });
        layout.XAxis =
        [
            new XAxis
            {
                Title = new Plotly.Blazor.LayoutLib.XAxisLib.Title { Text = overTime ? $"{unit.Name} since the launch" : "finished epochs of all runs", Standoff = 8 },
                RangeMode = Plotly.Blazor.LayoutLib.XAxisLib.RangeModeEnum.ToZero,
                GridColor = theme.Grid, ZeroLine = false, FixedRange = true, NTicks = 7,
            },
        ];
        (double low, double high) = ObjectiveRange.Of([.. progress.Points.Select(point => point.Value)], progress.Goal).Axis();
        layout.YAxis = [new YAxis { GridColor = theme.Grid, ZeroLine = false, NTicks = 6, Range = [low, high], TickFormat = ".3~g", FixedRange = true }];
        return new Figure([Steps(progress, point => overTime ? Seconds(progress, point.Time) / unit.Seconds : point.Epochs, EndOf(progress, overTime, unit), theme)], layout);
    }

    private static Scatter Steps(ProgressView progress, Func<ProgressPoint, double> x, double end, FigureTheme theme) => new()
    {
        // The best value holds until the last epoch.
        X = [.. progress.Points.Select(point => (object)x(point)), end],
        Y = [.. progress.Points.Select(point => (object)point.Value), progress.Points[^1].Value],
        Mode = ModeFlag.Lines | ModeFlag.Markers,
        Line = new Plotly.Blazor.Traces.ScatterLib.Line { Color = theme.Accent, Width = 2, Shape = Plotly.Blazor.Traces.ScatterLib.LineLib.ShapeEnum.Hv },
        Marker = new Marker { SizeArray = [.. progress.Points.Select(_ => (decimal?)(progress.Points.Count > MostMarkers ? 3 : 6)), 0], Color = theme.Accent },
        CustomData = [.. progress.Points.Select(point => (object)$"runs/{point.RunId}"), $"runs/{progress.Points[^1].RunId}"],
        HoverTextArray = [.. progress.Points.Select(point => Describe(progress, point)), $"{Describe(progress, progress.Points[^1])}<br>still the best after {Numbers.Count(progress.Epochs)} epochs"],
        HoverTemplate = "%{hovertext}<extra></extra>",
    };

    private static string Describe(ProgressView progress, ProgressPoint point) =>
        $"<b>{Numbers.Metric(progress.Metric, point.Value)}</b> by #{point.Cell}<br>after {Numbers.Count(point.Epochs)} epochs, {Times.Length(TimeSpan.FromSeconds(Seconds(progress, point.Time)))}";

    private static double EndOf(ProgressView progress, bool overTime, TimeUnit unit)
    {
        ProgressPoint last = progress.Points[^1];
        return overTime ? Math.Max(Seconds(progress, progress.LastAt ?? last.Time), Seconds(progress, last.Time)) / unit.Seconds : Math.Max(progress.Epochs, last.Epochs);
    }

    /// <summary>Workers' clocks may be behind that of the Orchestrator.</summary>
    private static double Seconds(ProgressView progress, DateTimeOffset at) => Math.Max(0, (at - progress.StartedAt).TotalSeconds);
}
