using System.Globalization;
using Experiments.Contracts.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Experiments.Standalone.Progress;

/// <summary>Bars that move: one for the sweep, one for each running run.</summary>
internal sealed class LiveProgressView(RunLabel label, TimeProvider time)
{
    private const int BarWidth = 40;

    public IRenderable Draw(SweepProgress progress)
    {
        var grid = new Grid().AddColumns(3);
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

        return new Rows(grid, new Markup(Best(progress)));
    }

    /// <summary>Ended runs, and the finished part of those that run.</summary>
    private static double Finished(SweepProgress progress) =>
        progress.Sweep.RunCounts.Ended + progress.Running.Sum(run => (double)run.Epoch / run.Epochs);

    private static Markup Bar(double value, int total, string colour)
    {
        int filled = total == 0 ? 0 : (int)Math.Clamp(Math.Round(value / total * BarWidth), 0, BarWidth);
        return new Markup($"[{colour}]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/]");
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
