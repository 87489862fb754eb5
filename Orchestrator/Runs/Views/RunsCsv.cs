using System.Text;
using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Csv;
using Experiments.Contracts.Sweeps;

namespace Experiments.Orchestrator.Runs.Views;

/// <summary>Writes runs as CSV (RFC 4180): a row per run, a column per hyperparameter, and last and best of every metric. Pure.</summary>
public static class RunsCsv
{
    private static readonly string[] FirstColumns =
        ["id", "cell", "status", "attempt", "workerId", "createdAt", "startedAt", "finishedAt", "epoch", "reusedFrom", "failureKind", "failure", "tags", "notes", "name", "trainedSeconds"];

    public static string Write(IReadOnlyList<RunView> runs)
    {
        string[] metrics = [.. runs.SelectMany(run => run.Summary.Keys).Distinct().Order(StringComparer.Ordinal)];
        var csv = new StringBuilder();
        AppendRow(csv, [.. FirstColumns, .. HyperparameterCatalog.Names, .. metrics.SelectMany(name => new[] { LastColumn(name), name + " (best)", name + " (best epoch)" })]);
        foreach (RunView run in runs)
        {
            AppendRow(csv, [.. First(run), .. HyperparameterCatalog.Names.Select(name => (object)Value(run, name)), .. metrics.SelectMany(name => Metric(run, name))]);
        }

        return csv.ToString();
    }

    /// <summary>No two columns have the same name: the learning rate is a hyperparameter, and measured too.</summary>
    private static string LastColumn(string metric) => HyperparameterCatalog.Find(metric) is null ? metric : metric + " (last)";

    private static object?[] First(RunView run) =>
    [
        run.Id, run.Cell, EnumText.Of(run.Status), run.Attempt, run.WorkerId, run.CreatedAt, run.StartedAt, run.FinishedAt, run.Epoch, run.ReusedFrom,
        run.Failure is { } failure ? EnumText.Of(failure.Kind) : null, run.Failure?.Message, string.Join("; ", run.Tags), run.Notes, run.Name, run.TrainedSeconds,
    ];

    private static JsonElement Value(RunView run, string name) => run.Config.TryGetValue(name, out JsonElement value) ? value : default;

    private static object?[] Metric(RunView run, string name) =>
        run.Summary.TryGetValue(name, out MetricSummary? metric) ? [metric.Last, metric.Best, metric.BestEpoch] : [null, null, null];

    private static void AppendRow(StringBuilder csv, object?[] cells) => csv.Append(CsvRow.Of(cells)).Append(CsvRow.End);
}
