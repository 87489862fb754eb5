using System.Text.Json;
using Experiments.Contracts.Api;
using Experiments.Contracts.Configuration;
using Experiments.Contracts.Text;
using Experiments.ServiceDefaults.Csv;

namespace Experiments.Orchestrator.Runs.Views;

/// <summary>Writes runs as CSV (RFC 4180): a row per run, a column per hyperparameter, and the last and best value of every metric. Pure.</summary>
public static class RunsCsv
{
    private static readonly string[] FirstColumns =
        ["id", "cell", "status", "attempt", "workerId", "createdAt", "startedAt", "finishedAt", "epoch", "reusedFrom", "failureKind", "failure", "tags", "notes", "name", "trainedSeconds", "decision"];

    public static void Write(Stream stream, IReadOnlyList<RunView> runs)
    {
        string[] metrics = [.. runs.SelectMany(run => run.Summary.Keys).Distinct().Order(StringComparer.Ordinal)];
        using var table = new CsvTable(stream);
        table.WriteRow([.. FirstColumns, .. HyperparameterCatalog.Names, .. metrics.SelectMany(name => new[] { LastColumn(name), name + " (best)", name + " (best epoch)" })]);
        foreach (RunView run in runs)
        {
            table.WriteRow([.. First(run), .. HyperparameterCatalog.Names.Select(name => (object)Value(run, name)), .. metrics.SelectMany(name => Metric(run, name))]);
        }
    }

    /// <summary>Makes column names unique: the learning rate is both a hyperparameter and a metric.</summary>
    private static string LastColumn(string metric) => HyperparameterCatalog.Find(metric) is null ? metric : metric + " (last)";

    private static object?[] First(RunView run) =>
    [
        run.Id, run.Cell, EnumText.Of(run.Status), run.Attempt, run.WorkerId, run.CreatedAt, run.StartedAt, run.FinishedAt, run.Epoch, run.ReusedFrom,
        run.Failure is { } failure ? EnumText.Of(failure.Kind) : null, run.Failure?.Message, string.Join("; ", run.Tags), run.Notes, run.Name, run.TrainedSeconds, run.Decision?.Reason,
    ];

    private static JsonElement Value(RunView run, string name) => run.Config.TryGetValue(name, out JsonElement value) ? value : default;

    private static object?[] Metric(RunView run, string name) =>
        run.Summary.TryGetValue(name, out MetricSummary? metric) ? [metric.Last, metric.Best, metric.BestEpoch] : [null, null, null];
}
