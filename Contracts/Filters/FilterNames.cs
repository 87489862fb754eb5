using Experiments.Contracts.Configuration;
using Experiments.Contracts.Metrics;
using Experiments.Contracts.Text;

namespace Experiments.Contracts.Filters;

/// <summary>The names that a filter can use, and their aliases: <c>lr</c> is the learning rate, <c>acc</c> the accuracy on validation images.</summary>
public static class FilterNames
{
    /// <summary>The properties that every run has besides hyperparameters and metrics.</summary>
    public static IReadOnlyList<FilterName> Facts { get; } =
    [
        new("cell", "The number of the run", HasSize: true),
        new("status", "Pending, queued, running, completed, failed or cancelled", HasSize: false),
        new("tag", "A tag of the run", HasSize: false),
        new("name", "The name of the run", HasSize: false),
        new("notes", "The notes of the run", HasSize: false),
        new("epoch", "Finished epochs", HasSize: true),
        new("duration", "Training time of the attempts that have ended, in seconds", HasSize: true),
        new("wallTime", "Seconds from the first start to the end", HasSize: true),
        new("failure", "What went wrong", HasSize: false),
        new("failureMessage", "What the failure says", HasSize: false),
        new("attempt", "The number of the newest attempt", HasSize: true),
        new("workerId", "The worker of the newest attempt", HasSize: false),
        new("createdAt", "When the run was launched", HasSize: true),
        new("startedAt", "When the first attempt began", HasSize: true),
        new("finishedAt", "When the run ended", HasSize: true),
    ];

    /// <summary>The metrics that can be compared even before a run has a value of them.</summary>
    public static IReadOnlyList<string> Metrics { get; } =
    [
        .. MetricNames.Objectives, MetricNames.TestAccuracy, MetricNames.TestLoss, MetricNames.ImagesPerSecond, MetricNames.EpochSeconds,
        MetricNames.DeviceUtilization, MetricNames.DeviceMemoryBytes,
    ];

    private static readonly (string Name, string Aliases)[] FactAliases =
    [
        ("cell", "run number"),
        ("status", "state"),
        ("tag", "tags label labels"),
        ("notes", "note"),
        ("duration", "time seconds took trained"),
        ("wallTime", "wall"),
        ("attempt", "attempts tries"),
        ("workerId", "worker host"),
        ("createdAt", "created launched"),
        ("startedAt", "started"),
        ("finishedAt", "finished ended"),
    ];

    private static readonly IReadOnlyList<string> Known = [.. Facts.Select(fact => fact.Name), .. HyperparameterCatalog.Names, .. Metrics];

    private static readonly Dictionary<string, string> ByFactAlias = FactAliases
        .SelectMany(fact => fact.Aliases.Split(' ').Select(alias => (alias, fact.Name)))
        .ToDictionary(pair => NearestName.Fold(pair.alias), pair => pair.Name);

    /// <summary>The exact names, including the metrics of the runs.</summary>
    public static IReadOnlyList<string> All(IEnumerable<string> measured) => [.. Known.Concat(measured).Distinct()];

    /// <summary>The names that a written name can mean: itself, the same name in another case or with other separators, or an alias. Several when it is ambiguous.</summary>
    /// <param name="measured">The metrics that the runs have, besides the known ones.</param>
    public static IReadOnlyList<string> Resolve(string given, IReadOnlyCollection<string> measured)
    {
        IReadOnlyList<string> all = All(measured);
        if (all.Contains(given))
        {
            return [given];
        }

        string folded = NearestName.Fold(given);
        string[] same = [.. all.Where(name => NearestName.Fold(name) == folded)];
        return same.Length > 0 ? same
            : ByFactAlias.TryGetValue(folded, out string? fact) ? [fact]
            : [.. NameAliases.Find(given, all)];
    }
}
