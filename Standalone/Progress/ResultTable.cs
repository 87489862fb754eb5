using System.Globalization;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Spectre.Console;

namespace Experiments.Standalone.Progress;

/// <summary>The table of runs, best first, that ends a sweep.</summary>
internal static class ResultTable
{
    private const int WidestFailure = 60;

    /// <param name="ranked">The runs to show, best first.</param>
    public static void Write(IAnsiConsole console, SweepProgress progress, IReadOnlyList<RunView> ranked, RunLabel label)
    {
        var table = new Table { Border = TableBorder.Rounded };
        table.AddColumn(new TableColumn("run").RightAligned());
        foreach (string axis in label.Axes)
        {
            table.AddColumn(Markup.Escape(axis));
        }

        table.AddColumn(new TableColumn(Markup.Escape(progress.Metric)).RightAligned());
        table.AddColumn(new TableColumn("epoch").RightAligned());
        table.AddColumn(new TableColumn("seconds").RightAligned());
        table.AddColumn("status");
        foreach (RunView run in ranked)
        {
            table.AddRow([.. Cells(progress, label, run).Select(Markup.Escape)]);
        }

        console.Write(table);
        if (ranked.Count < progress.Sweep.RunCounts.Total)
        {
            console.WriteLine($"… and {progress.Sweep.RunCounts.Total - ranked.Count} more: see the dashboard.");
        }
    }

    private static IEnumerable<string> Cells(SweepProgress progress, RunLabel label, RunView run)
    {
        MetricSummary? value = run.Summary.GetValueOrDefault(progress.Metric);
        return
        [
            run.Cell.ToString(CultureInfo.InvariantCulture),
            .. label.Values(run),
            value?.Best.ToString("0.0000", CultureInfo.InvariantCulture) ?? "",
            value?.BestEpoch.ToString(CultureInfo.InvariantCulture) ?? "",
            Seconds(run),
            Status(run),
        ];
    }

    private static string Seconds(RunView run) => run is { ReusedFrom: null, StartedAt: { } start, FinishedAt: { } end }
        ? (end - start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)
        : "";

    private static string Status(RunView run)
    {
        if (run.Status == RunStatus.Completed)
        {
            return run.ReusedFrom is null ? "completed" : "completed (reused)";
        }

        string status = run.Status.ToString().ToLowerInvariant();
        string text = run.Failure is { } failure ? $"{status}: {failure.Message}" : status;
        return text.Length > WidestFailure ? string.Concat(text.AsSpan(0, WidestFailure), "…") : text;
    }
}
