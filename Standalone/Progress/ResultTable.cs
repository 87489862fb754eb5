using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Contracts.Api;
using Experiments.Contracts.Runs;
using Spectre.Console;

namespace Experiments.Standalone.Progress;

/// <summary>The final table of a sweep's runs, best first.</summary>
internal static partial class ResultTable
{
    private const int WidestFailure = 60;

    /// <param name="ranked">The runs to show, best first.</param>
    public static void Write(IAnsiConsole console, SweepProgress progress, IReadOnlyList<RunView> ranked, RunLabel label)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        table.AddColumn(Column("run").RightAligned());
        foreach (string axis in label.Axes)
        {
            table.AddColumn(Column(axis));
        }

        table.AddColumn(Column(progress.Metric).RightAligned());
        table.AddColumn(Column("epoch").RightAligned());
        table.AddColumn(Column("seconds").RightAligned());
        table.AddColumn(new TableColumn("status") { Padding = new Padding(0, 0, 0, 0) });
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

    /// <summary>A column as narrow as its values allow: long names are broken, values are not.</summary>
    private static TableColumn Column(string name) =>
        new(Markup.Escape(WordStart().Replace(name, "\n"))) { NoWrap = true, Padding = new Padding(0, 0, 0, 0) };

    /// <summary>Before the second word of camelCase, and after a slash.</summary>
    [GeneratedRegex("(?<=[a-z])(?=[A-Z])|(?<=/)")]
    private static partial Regex WordStart();

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

    private static string Seconds(RunView run) => run is { ReusedFrom: null, StartedAt: not null, FinishedAt: not null }
        ? run.TrainedSeconds.ToString("0.0", CultureInfo.InvariantCulture)
        : "";

    private static string Status(RunView run)
    {
        if (run.Status == RunStatus.Completed)
        {
            return run.ReusedFrom is null ? "completed" : "reused";
        }

        string status = run.Status.ToString().ToLowerInvariant();
        string text = run.Failure is { } failure ? $"{status}: {failure.Message}" : status;
        return text.Length > WidestFailure ? string.Concat(text.AsSpan(0, WidestFailure), "…") : text;
    }
}
