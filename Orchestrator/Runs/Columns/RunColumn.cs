using Experiments.Contracts.Configuration;
using Experiments.Contracts.Documents;
using Experiments.Contracts.Filters;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Text;

namespace Experiments.Orchestrator.Runs.Columns;

/// <summary>The kind of a column's values, which decides what they can be compared with.</summary>
internal enum RunColumnKind
{
    Number,
    Text,

    /// <summary>A number, a string, a flag or nothing, depending on the hyperparameter.</summary>
    Hyperparameter,
    Status,

    /// <summary>The kind of a failure.</summary>
    Failure,
    Time,

    /// <summary>Stored as ticks; users give seconds.</summary>
    Duration,

    /// <summary>A list of strings; a comparison holds when one of them matches.</summary>
    Tags,
}

/// <summary>What runs can be sorted and filtered by: a column, a hyperparameter, or the best value of a metric.</summary>
/// <param name="Sql">An expression over the table Runs; <c>{path}</c> is replaced by <paramref name="Path"/>.</param>
/// <param name="Path">The path of a JSON value, to be passed as a parameter; null where the expression needs none.</param>
internal sealed record RunColumn(string Sql, string? Path, RunColumnKind Kind)
{
    public const string PathToken = "{path}";

    private static readonly string[] Shares = [MetricNames.ValidationAccuracy, MetricNames.TrainAccuracy, MetricNames.TestAccuracy, MetricNames.DeviceUtilization];

    private static readonly Dictionary<string, RunColumn> Columns = new()
    {
        ["cell"] = new("Cell", null, RunColumnKind.Number),
        ["status"] = new("Status", null, RunColumnKind.Status),
        ["createdAt"] = new("CreatedAt", null, RunColumnKind.Time),
        ["startedAt"] = new("StartedAt", null, RunColumnKind.Time),
        ["finishedAt"] = new("FinishedAt", null, RunColumnKind.Time),
        ["attempt"] = new("Attempt", null, RunColumnKind.Number),
        ["epoch"] = new("Epoch", null, RunColumnKind.Number),
        ["workerId"] = new("WorkerId", null, RunColumnKind.Text),
        ["duration"] = new("TrainedTicks", null, RunColumnKind.Duration),
        ["wallTime"] = new("(FinishedAt - StartedAt)", null, RunColumnKind.Duration),
        ["failure"] = new("FailureKind", null, RunColumnKind.Failure),
        ["failureMessage"] = new("FailureMessage", null, RunColumnKind.Text),
        ["tag"] = new("NULLIF(Tags, '[]')", null, RunColumnKind.Tags),
        ["name"] = new("Name", null, RunColumnKind.Text),
        ["notes"] = new("NULLIF(Notes, '')", null, RunColumnKind.Text),
    };

    /// <summary>The columns besides hyperparameters and metrics; <see cref="FilterNames.Facts"/> describes each.</summary>
    public static IReadOnlyCollection<string> Facts => Columns.Keys;

    /// <summary>The hyperparameter whose values it holds; null for other columns.</summary>
    public HyperparameterDefinition? Hyperparameter { get; private init; }

    /// <summary>True when all values are between 0 and 1.</summary>
    public bool IsShare { get; private init; }

    /// <param name="measured">The metrics that the runs have, besides the known ones.</param>
    /// <returns>Null with <paramref name="problem"/> when there is no column with that name.</returns>
    public static RunColumn? Find(string name, IReadOnlyCollection<string> measured, out string problem)
    {
        problem = "";
        if (Columns.TryGetValue(name, out RunColumn? column))
        {
            return column;
        }

        if (HyperparameterCatalog.Find(name) is { } definition)
        {
            return new RunColumn($"json_extract(Config, {PathToken})", $"$.{name}", RunColumnKind.Hyperparameter) { Hyperparameter = definition };
        }

        if (FilterNames.Metrics.Contains(name) || (measured.Contains(name) && !name.Contains('"')))
        {
            return new RunColumn($"json_extract(Summary, {PathToken})", $"$.\"{name}\".best", RunColumnKind.Number) { IsShare = Shares.Contains(name) };
        }

        IReadOnlyList<string> all = FilterNames.All(measured);
        string hint = NearestName.Hint(name, all);
        problem = ProblemText.Of($"\"{Http.Quote.Shorten(name)}\"", $"a hyperparameter, a metric, or one of {string.Join(", ", Columns.Keys)}", hint);
        return null;
    }
}
