using System.Globalization;
using System.Text;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Runs.Lists;

/// <summary>Writes runs as CSV (RFC 4180): a row per run, a column per hyperparameter, and last and best of every metric. Pure.</summary>
public static class RunsCsv
{
    private static readonly string[] FirstColumns =
        ["id", "cell", "status", "attempt", "workerId", "createdAt", "startedAt", "finishedAt", "epoch", "reusedFrom", "failureKind", "failure", "tags", "notes", "name"];

    /// <summary>Spreadsheets take what begins with one of these for a formula.</summary>
    private const string FormulaStarts = "=+-@\t\r";

    public static string Write(IReadOnlyList<RunView> runs)
    {
        string[] metrics = [.. runs.SelectMany(run => run.Summary.Keys).Distinct().Order(StringComparer.Ordinal)];
        var csv = new StringBuilder();
        AppendRow(csv, [.. FirstColumns, .. HyperparameterCatalog.Names, .. metrics.SelectMany(name => new[] { LastColumn(name), name + " (best)", name + " (best epoch)" })]);
        foreach (RunView run in runs)
        {
            AppendRow(csv, [.. First(run), .. HyperparameterCatalog.Names.Select(name => Value(run, name)), .. metrics.SelectMany(name => Metric(run, name))]);
        }

        return csv.ToString();
    }

    /// <summary>No two columns have the same name: the learning rate is a hyperparameter, and measured too.</summary>
    private static string LastColumn(string metric) => HyperparameterCatalog.Find(metric) is null ? metric : metric + " (last)";

    private static string[] First(RunView run) =>
    [
        run.Id, Text(run.Cell), EnumText.Of(run.Status), Text(run.Attempt), Safe(run.WorkerId ?? ""),
        Text(run.CreatedAt), Text(run.StartedAt), Text(run.FinishedAt), Text(run.Epoch), run.ReusedFrom ?? "",
        run.Failure is { } failure ? EnumText.Of(failure.Kind) : "", Safe(run.Failure?.Message ?? ""),
        Safe(string.Join("; ", run.Tags)), Safe(run.Notes), Safe(run.Name ?? ""),
    ];

    private static string Value(RunView run, string name) => !run.Config.TryGetValue(name, out JsonElement value) ? "" : value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.String => Safe(value.GetString()!),
        _ => value.GetRawText(),
    };

    private static string[] Metric(RunView run, string name) => run.Summary.TryGetValue(name, out MetricSummary? metric)
        ? [Text(metric.Last), Text(metric.Best), Text(metric.BestEpoch)]
        : ["", "", ""];

    /// <summary>A quote in front makes a spreadsheet show the text instead of computing it.</summary>
    private static string Safe(string text) => text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    private static string Text(IFormattable? value) =>
        value is DateTimeOffset time ? time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) : value?.ToString(null, CultureInfo.InvariantCulture) ?? "";

    private static void AppendRow(StringBuilder csv, string[] cells)
    {
        csv.AppendJoin(',', cells.Select(Quote)).Append("\r\n");
    }

    private static string Quote(string cell) => cell.AsSpan().ContainsAny(",\"\r\n")
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;
}
