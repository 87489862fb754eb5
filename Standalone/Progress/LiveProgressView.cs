using System.Globalization;
using Experiments.Contracts.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Experiments.Standalone.Progress;

/// <summary>Progress bars: one for the sweep, one for each running run.</summary>
/// <param name="width">Columns of the terminal.</param>
internal sealed class LiveProgressView(RunLabel label, int width, TimeProvider time)
{
    private const int WidestBar = 40;
    private const int NarrowestBar = 10;

    /// <summary>The approximate width of the texts next to a bar.</summary>
    private const int TextWidth = 62;

    private readonly int _barWidth = Math.Clamp(width - TextWidth, NarrowestBar, WidestBar);

    public IRenderable Draw(SweepProgress progress)
    {
        Grid grid = new Grid()
            .AddColumn(new GridColumn { NoWrap = true })
            .AddColumn(new GridColumn { NoWrap = true, Width = _barWidth })
            .AddColumn(new GridColumn { NoWrap = true });
        RunCounts counts = progress.Sweep.RunCounts;
        grid.AddRow(
            new Markup($"[bold]{Markup.Escape(progress.Sweep.Name)}[/]"),
            Bar(Finished(progress), counts.Total, "green"),
            new Text(string.Create(CultureInfo.InvariantCulture, $"{counts.Ended} of {counts.Total} runs{Eta(progress)}")));
        foreach (RunView run in progress.Running)
        {
            grid.AddRow(
                new Text($"  {run.Cell} {label.Of(run)}"),
                Bar(run.Epoch, run.Epochs, "blue"),
                new Text(string.Create(CultureInfo.InvariantCulture, $"epoch {run.Epoch} of {run.Epochs}")));
        }

        return progress.Obstacle is { } obstacle
            ? new Rows(grid, new Markup(Best(progress)), new Markup($"[red]{Markup.Escape(obstacle)}[/]"))
            : progress.Waits is { } waits ? new Rows(grid, new Markup(Best(progress)), new Markup($"[yellow]{Markup.Escape(waits)}[/]"))
            : new Rows(grid, new Markup(Best(progress)));
    }

    /// <summary>Ended runs plus the finished fractions of running ones.</summary>
    private static double Finished(SweepProgress progress) =>
        progress.Sweep.RunCounts.Ended + progress.Running.Sum(run => (double)run.Epoch / run.Epochs);

    private Markup Bar(double value, int total, string colour)
    {
        int filled = total == 0 ? 0 : (int)Math.Clamp(Math.Round(value / total * _barWidth), 0, _barWidth);
        return new Markup($"[{colour}]{new string('━', filled)}[/][grey]{new string('━', _barWidth - filled)}[/]");
    }

    private static string Best(SweepProgress progress) => progress.Sweep.BestValue is { } value && progress.Best is { } best
        ? string.Create(CultureInfo.InvariantCulture, $"best so far: {progress.Metric} [bold]{value:0.0000}[/] by run {best.Cell}{Failures(progress)}")
        : $"no result yet{Failures(progress)}";

    private static string Failures(SweepProgress progress) => progress.Sweep.RunCounts.Failed is > 0 and var failed
        ? string.Create(CultureInfo.InvariantCulture, $"  [red]{failed} failed[/]")
        : "";

    private string Eta(SweepProgress progress)
    {
        if (progress.Ended || progress.Sweep.Eta is not { } eta || eta - time.GetUtcNow() is not { Ticks: > 0 } left)
        {
            return "";
        }

        string text = left.TotalHours >= 1 ? $"{(int)left.TotalHours} h {left.Minutes} min"
            : left.TotalMinutes >= 1 ? $"{left.Minutes} min {left.Seconds} s" : $"{left.Seconds} s";
        return $", about {text} left";
    }
}
