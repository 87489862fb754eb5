using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Dashboard.Formatting;

namespace Experiments.Dashboard.Components.Pages.Sweeps.Table;

/// <summary>All columns that a table of runs can have.</summary>
public static class TableColumns
{
    public const string Curve = "curve";
    public const string Failure = "failure";

    private const int CharacterWidth = 7;
    private const int HeadPadding = 40;
    private const int Narrowest = 84;
    private const int Widest = 260;

    private static readonly TableColumn[] Facts =
    [
        new("status", "Status", "Status of the run", TableColumnKind.Status, 118, false),
        new(Failure, "Failure", "What went wrong, of runs that failed", TableColumnKind.Fact, 260, false),
        new(Curve, "Trend", "The objective over the epochs", TableColumnKind.Curve, 132, false),
        new("tag", "Tags", "Tags of the run", TableColumnKind.Tags, 170, false),
        new("name", "Name", "Name of the run", TableColumnKind.Fact, 170, false),
        new("notes", "Notes", "Notes about the run", TableColumnKind.Notes, 220, false),
        new("epoch", "Epoch", "Finished epochs", TableColumnKind.Fact, 84, true),
        new("duration", "Trained", "Training time of all attempts, without the waiting between them", TableColumnKind.Fact, 112, true),
        new("wallTime", "Wall time", "From the start of the first attempt to the end, waiting between attempts included", TableColumnKind.Fact, 116, true),
        new("attempt", "Attempt", "The number of the newest attempt", TableColumnKind.Fact, 88, true),
        new("workerId", "Worker", "Worker of the newest attempt", TableColumnKind.Fact, 170, false),
        new("createdAt", "Created", "When it was launched", TableColumnKind.Fact, 116, true),
        new("startedAt", "Started", "When its first attempt began", TableColumnKind.Fact, 116, true),
        new("finishedAt", "Ended", "When it ended", TableColumnKind.Fact, 116, true),
    ];

    /// <summary>The column of that key; an unknown name counts as a metric.</summary>
    public static TableColumn Of(string key) =>
        Array.Find(Facts, fact => fact.Key == key)
        ?? (HyperparameterCatalog.Find(key) is { } definition
            ? new TableColumn(key, definition.Label, definition.Description, TableColumnKind.Hyperparameter, WidthOf(definition.Label, HyperparameterWidth(definition)), RunText.Alignment(key).Length > 0)
            : new TableColumn(key, key, $"Best {key} over all epochs", TableColumnKind.Metric, WidthOf(key, 100), true));

    /// <summary>The default columns: results or failures, varying hyperparameters, progress.</summary>
    public static ColumnLayout Default(SweepFacts facts) => new(
        [],
        [
            "status", .. facts.HasFailures ? [Failure] : (string[])[], facts.Objective.Metric, Curve, .. facts.Axes.Select(axis => axis.Name),
            .. MetricNames.Objectives.Where(metric => metric != facts.Objective.Metric), "epoch", "duration", "tag",
        ]);

    /// <summary>All columns, with the sweep's axes and measured metrics first.</summary>
    public static IReadOnlyList<(string Group, IReadOnlyList<TableColumn> Columns)> All(SweepFacts facts, IEnumerable<string> metrics)
    {
        string[] axes = [.. facts.Axes.Select(axis => axis.Name)];
        IEnumerable<string> measured = Charts.MetricChoices.Sort([facts.Objective.Metric, .. MetricNames.Objectives, .. metrics])
            .Where(metric => !MetricNames.IsPerIteration(metric) && HyperparameterCatalog.Find(metric) is null);
        return
        [
            ("Run", Facts),
            ("Metrics", [.. measured.Select(Of)]),
            ("Varied hyperparameters", [.. axes.Select(Of)]),
            ("Other hyperparameters", [.. HyperparameterCatalog.Names.Except(axes).Select(Of)]),
        ];
    }

    private static int HyperparameterWidth(HyperparameterDefinition definition) =>
        definition.Kind is HyperparameterKind.Integer or HyperparameterKind.Number or HyperparameterKind.Flag ? Narrowest : 130;

    private static int WidthOf(string label, int least) => Math.Clamp((label.Length * CharacterWidth) + HeadPadding, least, Widest);
}
