using Experiments.Contracts.Metrics;
using Experiments.Contracts.Runs;
using Experiments.Contracts.Sweeps;
using Experiments.Orchestrator.Storage;
using Microsoft.EntityFrameworkCore;

namespace Experiments.Orchestrator.Runs;

/// <summary>The order of a list of runs: by a column, a hyperparameter, or the best value of a metric.</summary>
/// <param name="Sql">An expression over the table Runs; <c>{4}</c> stands for <paramref name="Path"/>.</param>
/// <param name="Path">The path of a JSON value, passed as a parameter; null where the expression needs none.</param>
internal sealed record RunSort(string Sql, string? Path, bool Descending)
{
    public static RunSort Default { get; } = new("Cell", null, Descending: false);

    private static readonly Dictionary<string, string> Columns = new()
    {
        ["cell"] = "Cell",
        ["status"] = "Status",
        ["createdAt"] = "CreatedAt",
        ["startedAt"] = "StartedAt",
        ["finishedAt"] = "FinishedAt",
        ["attempt"] = "Attempt",
        ["epoch"] = "Epoch",
        ["workerId"] = "WorkerId",
        ["duration"] = "TrainedTicks",
    };

    private static readonly string[] KnownMetrics =
    [
        .. MetricNames.Objectives, MetricNames.TestAccuracy, MetricNames.TestLoss, MetricNames.ImagesPerSecond, MetricNames.EpochSeconds,
    ];

    /// <summary>Reads <c>name</c> or <c>-name</c>.</summary>
    /// <param name="measured">The metrics that the runs have.</param>
    /// <returns>Null with <paramref name="problem"/> when there is nothing of that name to sort by.</returns>
    public static RunSort? Parse(string text, IReadOnlyCollection<string> measured, out string problem)
    {
        problem = "";
        bool descending = text.StartsWith('-');
        string name = descending ? text[1..] : text;
        if (Columns.TryGetValue(name, out string? column))
        {
            return new RunSort(column, null, descending);
        }

        if (HyperparameterCatalog.Find(name) is not null)
        {
            return new RunSort("json_extract(Config, {4})", $"$.{name}", descending);
        }

        if (KnownMetrics.Contains(name) || (measured.Contains(name) && !name.Contains('"')))
        {
            return new RunSort("json_extract(Summary, {4})", $"$.\"{name}\".best", descending);
        }

        string[] all = [.. Columns.Keys, .. HyperparameterCatalog.Names, .. KnownMetrics, .. measured];
        string hint = NearestName.Find(name, all) is { } nearest ? $"; did you mean \"{nearest}\"?" : "";
        problem = $"nothing to sort by: \"{Http.Query.Shorten(name)}\"; allowed: a hyperparameter, a metric, or one of {string.Join(", ", Columns.Keys)}{hint}";
        return null;
    }

    /// <summary>A page of the runs of a sweep in this order; those without a value last, equal ones by cell.</summary>
    public Task<List<Run>> PageAsync(
        StateContext db, string sweepId, RunStatus? status, int skip, int take, CancellationToken cancellationToken)
    {
        string sql = $"""
            SELECT * FROM Runs
            WHERE SweepId = {"{0}"} AND ({"{1}"} IS NULL OR Status = {"{1}"})
            ORDER BY ({Sql}) IS NULL, ({Sql}) {(Descending ? "DESC" : "ASC")}, Cell
            LIMIT {"{2}"} OFFSET {"{3}"}
            """;
        return db.Runs.FromSqlRaw(sql, sweepId, (int?)status!, take, skip, Path!).AsNoTracking().ToListAsync(cancellationToken);
    }
}
