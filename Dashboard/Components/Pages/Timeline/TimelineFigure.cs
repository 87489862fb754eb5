using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Experiments.Dashboard.Components.Charts;
using Experiments.Dashboard.Components.Charts.Figures;
using Plotly.Blazor;
using Plotly.Blazor.LayoutLib;
using Plotly.Blazor.LayoutLib.XAxisLib;
using Plotly.Blazor.Traces;
using Plotly.Blazor.Traces.BarLib;
using Plotly.Blazor.Traces.BarLib.MarkerLib;
using Plotly.Blazor.Traces.BarLib.MarkerLib.PatternLib;

namespace Experiments.Dashboard.Components.Pages.Timeline;

/// <summary>Draws the timeline: a row of bars for each worker.</summary>
internal static class TimelineFigure
{
    /// <summary>In the order of the legend; outcomes that must be visible are drawn last, over the others.</summary>
    public static IReadOnlyList<AttemptOutcome?> Outcomes { get; } =
        [AttemptOutcome.Completed, null, AttemptOutcome.HandedBack, AttemptOutcome.Cancelled, AttemptOutcome.Failed, AttemptOutcome.Lost];

    /// <summary>With more bars, outlines and hatching would cover them.</summary>
    private const int MostOutlined = 400;

    /// <summary>The least width of failed and lost attempts as a fraction of the window, so that they stay visible among thousands.</summary>
    private const int NarrowestBroken = 600;

    public static string ColorOf(AttemptOutcome? outcome, FigureTheme theme) => outcome switch
    {
        null => theme.Accent,
        AttemptOutcome.Completed => theme.Good,
        AttemptOutcome.Failed => theme.Bad,
        AttemptOutcome.Lost => theme.Warn,
        _ => theme.Quiet,
    };

    /// <param name="byRun">Colors by run instead of by outcome.</param>
    public static Figure Draw(SweepAttempts attempts, IReadOnlyList<TimelineBar> bars, TimeWindow window, bool byRun, int height, bool dark)
    {
        var theme = FigureTheme.Of(dark);
        ITrace[] traces =
        [
            .. bars.GroupBy(bar => bar.Outcome).OrderBy(group => Outcomes.ToList().IndexOf(group.Key)).Select(group => Trace(attempts, [.. group], group.Key, window, bars.Count <= MostOutlined, byRun, theme, dark)),
        ];
        Plotly.Blazor.Layout layout = theme.Layout(height, new Margin { L = 64, R = 12, T = 8, B = 36, Pad = 6 });
        layout.BarMode = BarModeEnum.Overlay;
        layout.DragMode = DragModeEnum.Zoom;
        layout.XAxis =
        [
            new XAxis
            {
                Type = Plotly.Blazor.LayoutLib.XAxisLib.TypeEnum.Date,
                Range = [TimeWindow.Text(window.From), TimeWindow.Text(window.To)],
                GridColor = theme.Grid, ZeroLine = false,
                TickFormat = "%H:%M:%S\n%Y-%m-%d",
                TickFormatStops = [new TickFormatStop { DTickRange = [null!, 1000], Value = "%H:%M:%S.%2f\n%Y-%m-%d" }],
            },
        ];
        layout.YAxis =
        [
            new YAxis
            {
                TickVals = [.. attempts.Workers.Index().Select(worker => (object)worker.Index)],
                TickText = [.. attempts.Workers.Select(worker => (object)TimelineText.Worker(worker))],
                Range = [attempts.Workers.Count - 0.5, -0.5],
                FixedRange = true, ShowGrid = false, ZeroLine = false,
                AutoMargin = Plotly.Blazor.LayoutLib.YAxisLib.AutoMarginFlag.True,
            },
        ];
        return new Figure(traces, layout);
    }

    private static Bar Trace(SweepAttempts attempts, TimelineBar[] bars, AttemptOutcome? outcome, TimeWindow window, bool isRoomy, bool byRun, FigureTheme theme, bool dark) => new()
    {
        Name = TimelineText.Outcome(outcome),
        Orientation = OrientationEnum.H,
        Y = [.. bars.Select(bar => (object)bar.Worker)],
        X = [.. bars.Select(bar => (object)LengthOf(bar, window).TotalMilliseconds)],
        BaseArray = [.. bars.Select(bar => (object)TimeWindow.Text(bar.Start))],
        Width = 0.64m,
        Marker = new Marker
        {
            Color = byRun ? null : ColorOf(outcome, theme),
            ColorArray = byRun ? [.. bars.Select(bar => (object)(bar.Count > 1 ? theme.Quiet : RunPalette.Hex(RunPalette.Of(attempts.Cells[bar.Attempt]), dark)))] : null,
            Pattern = isRoomy ? PatternOf(outcome, theme) : null,
            Line = new Line { Color = theme.Surface, Width = isRoomy ? 0.5m : 0 },
        },
        CustomData = [.. bars.Select(bar => bar.Count > 1 ? (object?)null : $"runs/{attempts.Runs[bar.Attempt]}")],
        HoverTextArray = [.. bars.Select(bar => TimelineText.Describe(attempts, bar))],
        HoverTemplate = "%{hovertext}<extra></extra>",
    };

    private static TimeSpan LengthOf(TimelineBar bar, TimeWindow window)
    {
        TimeSpan length = bar.End - bar.Start;
        TimeSpan least = bar.Outcome is AttemptOutcome.Failed or AttemptOutcome.Lost ? window.Length / NarrowestBroken : TimeSpan.Zero;
        return length > least ? length : least;
    }

    /// <summary>Failures are visible without colors, too.</summary>
    private static Pattern? PatternOf(AttemptOutcome? outcome, FigureTheme theme) => outcome switch
    {
        AttemptOutcome.Failed => Hatch(ShapeEnum.X, theme),
        AttemptOutcome.Lost => Hatch(ShapeEnum.Slash, theme),
        _ => null,
    };

    private static Pattern Hatch(ShapeEnum shape, FigureTheme theme) => new()
    {
        Shape = shape,
        FillMode = FillModeEnum.Overlay,
        FgColor = theme.Surface,
        FgOpacity = 0.7m,
        Size = 6,
        Solidity = 0.3m,
    };
}
